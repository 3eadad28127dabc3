/** The shape of the tables of error codes, and the next steps that many of them share. */

/** What is done about an error; the queue's classes, which say more about each. */
export type ServiceErrorClass = 'retry' | 'wait' | 'sign-again' | 'skip' | 'stop';

/** What happened, and what the person (or Tagroll by itself) does next. */
export type Explanation = { readonly sentence: string; readonly nextStep: string };

/** One text in both languages. */
export type Wording = { readonly en: string; readonly zh: string };

export type ErrorRow = {
  readonly errorClass: ServiceErrorClass;
  readonly en: Explanation;
  readonly zh: Explanation;
};

export type ErrorTable = Readonly<Record<string, ErrorRow>>;

export function row(
  errorClass: ServiceErrorClass,
  en: string,
  zh: string,
  nextStep: Wording,
): ErrorRow {
  return {
    errorClass,
    en: { sentence: en, nextStep: nextStep.en },
    zh: { sentence: zh, nextStep: nextStep.zh },
  };
}

export const TRIES_AGAIN: Wording = {
  en: 'Tagroll tries again by itself.',
  zh: 'Tagroll 会自动重试。',
};
export const SLOWS_DOWN: Wording = {
  en: 'Tagroll slows down and tries again by itself.',
  zh: 'Tagroll 会放慢速度并自动重试。',
};
export const SIGNS_AGAIN: Wording = {
  en: 'Tagroll signs in again and repeats the call by itself.',
  zh: 'Tagroll 会重新签名并自动重试。',
};
export const LEFT_OUT: Wording = {
  en: 'This photo is left out; the others go on.',
  zh: '已跳过这张照片，其余照片继续处理。',
};
export const LOOK_AT_PHOTO: Wording = {
  en: 'This photo is left out. Open it to see whether it is damaged, then try it again from the list.',
  zh: '已跳过这张照片。请打开查看是否损坏，然后在列表中重试。',
};
export const SMALLER: Wording = {
  en: 'This photo is left out. Choose a smaller upload size in Settings → Services, then try it again.',
  zh: '已跳过这张照片。请在“设置 → 服务”中选择较小的上传尺寸后重试。',
};
export const CHECK_KEYS: Wording = {
  en: 'Check the keys in Settings → Services, then resume.',
  zh: '请在“设置 → 服务”中检查密钥，然后继续。',
};
export const CHECK_ADDRESS: Wording = {
  en: 'Check the address, the region and the project in Settings → Services, then resume.',
  zh: '请在“设置 → 服务”中检查地址、区域和项目，然后继续。',
};
export const CHECK_ACCOUNT: Wording = {
  en: "Look at the account's balance and permissions in the service's console, then resume.",
  zh: '请到服务控制台查看账户余额和权限，然后继续。',
};
export const ENABLE_SERVICE: Wording = {
  en: 'Subscribe to the service in its console, in the same region as in Settings → Services, then resume.',
  zh: '请在控制台开通该服务，并确认区域与“设置 → 服务”中一致，然后继续。',
};
export const RESUME_LATER: Wording = {
  en: 'Resume later; if it stays so, ask the support of the service.',
  zh: '请稍后继续；如果仍然出错，请联系服务方支持。',
};
