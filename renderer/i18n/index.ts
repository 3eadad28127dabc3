/** The window's words, in the person's language. Every text that people see comes from here. */
import i18next, { type i18n, type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import type { ErrorCode, TagrollError } from '../../shared/errors.ts';
import type { Language, TagNames } from '../../shared/model.ts';
import { explainServiceError } from '../../shared/serviceErrors/index.ts';
import { SERVICE_IDS } from '../../shared/services.ts';
import { isolatedName } from './directions.ts';
import en from './en.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** What looks up a text: the type of `t`. */
export type Translate = TFunction<'translation'>;

/** Names of the languages in themselves. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', zh: '简体中文' };

/** Loads both languages; neither is ever fetched. Call once, before the first render. */
export async function startTranslation(language: Language): Promise<void> {
  await i18next.init({
    resources: { en: { translation: en }, zh: { translation: zh } },
    lng: language,
    fallbackLng: 'en',
    supportedLngs: ['en', 'zh'],
    // React escapes by itself; what is left is that no name turns the sentence round.
    interpolation: { escapeValue: true, escape: isolatedName },
    returnNull: false,
  });
  markDocument(language);
}

/** Changes the language of everything on screen. */
export async function setLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  await i18next.changeLanguage(language);
  markDocument(language);
}

/** Outside of components. Inside, `useTranslation()` renders anew when the language changes. */
export const translate = i18next.t.bind(i18next);

/** The language on screen. */
export function currentLanguage(): Language {
  return i18next.language === 'zh' ? 'zh' : 'en';
}

/** The language on screen; the component renders anew when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage);
}

/** What looks up texts in the language on screen; the component renders anew when that changes. */
export function useTranslation(): { readonly t: Translate; readonly i18n: i18n } {
  return translationIn(useLanguage());
}

function onLanguage(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

const translations = new Map<Language, { readonly t: Translate; readonly i18n: i18n }>();

/** The same for a language, whichever is on screen. */
export function translationIn(language: Language): { readonly t: Translate; readonly i18n: i18n } {
  const known = translations.get(language);
  if (known) return known;
  const made = { t: rememberTexts(i18next.getFixedT(language)), i18n: i18next };
  translations.set(language, made);
  return made;
}

/**
 * Most texts have no gaps, and a window that draws itself anew asks for hundreds: each is looked up once,
 * which takes a hundredth of the time.
 */
function rememberTexts(translate: Translate): Translate {
  const texts = new Map<string, string>();
  return new Proxy(translate, {
    apply(target, self, input: readonly unknown[]) {
      const [key] = input;
      if (typeof key !== 'string' || input.length > 1) return Reflect.apply(target, self, input);
      let text = texts.get(key);
      if (text === undefined) {
        text = String(Reflect.apply(target, self, input));
        texts.set(key, text);
      }
      return text;
    },
  });
}

/** The person's choice, else what the system speaks. */
export function chooseLanguage(setting: Language | null, system: readonly string[]): Language {
  if (setting) return setting;
  for (const tag of system) {
    if (/^zh\b/i.test(tag)) return 'zh';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

/** A tag's name in a language; the other one where it has none. */
export function tagName(names: TagNames, language: Language): string {
  const other = language === 'en' ? names.zh : names.en;
  return names[language] ?? other ?? '';
}

/** The name that `tagName` does not show, if there is one. */
export function otherTagName(names: TagNames, language: Language): string | null {
  const other = language === 'en' ? names.zh : names.en;
  return names[language] !== undefined && other !== undefined && other !== names[language]
    ? other
    : null;
}

/** The sentence that people read for an error. */
export function errorText(error: TagrollError): string {
  const { code, message, data } = error;
  // What a service said has a sentence of its own, in the language on screen.
  const known = SERVICE_IDS.find((id) => id === data['service']);
  if (known && typeof data['code'] === 'string') {
    const explained = explainServiceError(known, data['code'], currentLanguage());
    if (explained) {
      return [explained.sentence, explained.nextStep].join(currentLanguage() === 'zh' ? '' : ' ');
    }
  }
  const key = `errors.${code satisfies ErrorCode}` as const;
  return i18next.t(key, { path: '', ...data, message });
}

function markDocument(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
}
