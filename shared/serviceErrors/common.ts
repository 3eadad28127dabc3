/** Codes of our own: what can go wrong with any service, on the way to it or before. */
import {
  type ErrorTable,
  LEFT_OUT,
  LOOK_AT_PHOTO,
  row,
  SLOWS_DOWN,
  SMALLER,
  TRIES_AGAIN,
} from './rows.ts';

const RESUME = { en: 'Resume whenever you like.', zh: '可随时继续。' };

/** On the way to the service. */
const wire: ErrorTable = {
  network: row('retry', 'The service could not be reached.', '无法连接到服务。', {
    en: 'Check the internet connection and the address in Settings → Services. Tagroll tries again by itself.',
    zh: '请检查网络连接以及“设置 → 服务”中的地址。Tagroll 会自动重试。',
  }),
  connection_lost: row(
    'retry',
    'The connection broke before the answer was complete.',
    '连接在收到完整回复前中断。',
    TRIES_AGAIN,
  ),
  timed_out: row('retry', 'The service did not answer in time.', '服务没有及时回复。', {
    en: 'Tagroll tries again by itself. Choose a longer timeout or a smaller upload size if it stays so.',
    zh: 'Tagroll 会自动重试。如果经常出现，请延长超时时间或减小上传尺寸。',
  }),
  tls: row('stop', "The service's certificate could not be trusted.", '服务的证书不受信任。', {
    en: "Nothing was sent. Check the address, this computer's clock and any proxy, then resume.",
    zh: '没有发送任何内容。请检查地址、本机时钟和代理，然后继续。',
  }),
  proxy: row('stop', 'The proxy did not let the call through.', '代理没有放行请求。', {
    en: "Check the proxy and its sign-in in the system's network settings, then resume.",
    zh: '请在系统网络设置中检查代理及其登录信息，然后继续。',
  }),
  clock: row(
    'stop',
    "This computer's clock differs from the service's, so its signatures are refused.",
    '本机时钟与服务端相差过大，签名因此被拒绝。',
    {
      en: 'Set the clock (switch automatic time on), then resume.',
      zh: '请校准本机时间（打开自动设置时间），然后继续。',
    },
  ),
  redirected: row(
    'stop',
    'The address sent the call elsewhere; photos and keys do not follow.',
    '该地址要求转到别处；照片和密钥不会随之发送。',
    {
      en: 'Check the address in Settings → Services, or sign in to the network you are on, then resume.',
      zh: '请检查“设置 → 服务”中的地址，或先登录所在网络，然后继续。',
    },
  ),
  garbage_answer: row(
    'retry',
    'What came back is no answer of this service.',
    '返回的内容不是该服务的回复。',
    {
      en: 'Tagroll tries again by itself. Check the address and any proxy if it stays so.',
      zh: 'Tagroll 会自动重试。如果经常出现，请检查地址和代理。',
    },
  ),
  sign_in_page: row(
    'retry',
    "A web page came back instead of the service's answer.",
    '返回的是网页，而不是该服务的回复。',
    {
      en: 'The network may want you to sign in: open a browser. Tagroll tries again by itself. Check the address in Settings → Services if it stays so.',
      zh: '当前网络可能需要登录：请打开浏览器。Tagroll 会自动重试。如果一直如此，请检查“设置 → 服务”中的地址。',
    },
  ),
  too_large_answer: row(
    'retry',
    'The answer was far too large and was dropped.',
    '返回的内容过大，已丢弃。',
    {
      en: 'Tagroll tries again by itself. Check the address and any proxy if it stays so.',
      zh: 'Tagroll 会自动重试。如果经常出现，请检查地址和代理。',
    },
  ),
  cancelled: row('retry', 'The call was cancelled.', '调用已取消。', RESUME),
};

/** Of the account and the picture, before a call. */
const before: ErrorTable = {
  unusable_key: row(
    'stop',
    'A key holds characters that cannot be part of one.',
    '密钥中含有不可能出现的字符。',
    {
      en: 'Paste the keys again in Settings → Services, then resume.',
      zh: '请在“设置 → 服务”中重新粘贴密钥，然后继续。',
    },
  ),
  not_configured: row(
    'stop',
    'The service has no complete account yet.',
    '该服务的账户信息还不完整。',
    {
      en: 'Fill in the missing fields in Settings → Services.',
      zh: '请在“设置 → 服务”中补全信息。',
    },
  ),
  picture_too_large: row(
    'skip',
    "The picture does not fit the service's size limit.",
    '图片超过服务的大小限制。',
    SMALLER,
  ),
  batch_mismatch: row(
    'skip',
    'The service did not answer for each picture of the batch.',
    '服务没有对批次中的每张图片作出回复。',
    {
      en: 'Switch batching off in Settings → Services, then try these photos again.',
      zh: '请在“设置 → 服务”中关闭批量发送，然后重试这些照片。',
    },
  ),
  never_upload: row(
    'skip',
    'This folder is marked as never to be uploaded.',
    '该文件夹已设为永不上传。',
    {
      en: "Change this in the folder's menu if you want its photos tagged.",
      zh: '如需为其中的照片加标签，请在文件夹菜单中更改。',
    },
  ),
  unavailable: row(
    'skip',
    'The photo cannot be read at the moment: it is missing, offline or not read yet.',
    '照片目前无法读取：缺失、离线或尚未读取。',
    {
      en: 'Connect the drive or wait until the folder is read, then try again.',
      zh: '请连接磁盘或等待文件夹读取完成，然后重试。',
    },
  ),
};

/** Money, the queue and the library. */
const keeping: ErrorTable = {
  cap_calls: row('stop', "This month's cap of calls is reached.", '已达到本月调用次数上限。', {
    en: 'Raise the cap in Settings → Services, or wait for the next month.',
    zh: '请在“设置 → 服务”中提高上限，或等到下个月。',
  }),
  cap_money: row('stop', "This month's cap of money is reached.", '已达到本月费用上限。', {
    en: 'Raise the cap in Settings → Services, set the price there if it is missing, or wait for the next month.',
    zh: '请在“设置 → 服务”中提高上限（尚未填写价格的请先填写），或等到下个月。',
  }),
  run_calls: row(
    'stop',
    'This run has made as many calls as it was allowed.',
    '本次任务已用完允许的调用次数。',
    {
      en: 'Start another run to go on.',
      zh: '如需继续，请再开始一次任务。',
    },
  ),
  same_error_repeated: row(
    'stop',
    'Ten photos in a row ended with the same error.',
    '连续十张照片出现相同的错误。',
    {
      en: 'Look at the reason in the list of problems, then resume or cancel.',
      zh: '请在问题列表中查看原因，然后继续或取消。',
    },
  ),
  service_not_configured: row('stop', 'The service is not set up yet.', '服务尚未设置。', {
    en: 'Fill in its account in Settings → Services, then resume.',
    zh: '请在“设置 → 服务”中填写账号信息，然后继续。',
  }),
  disk_full: row(
    'stop',
    'The disk is full: an answer could not be stored.',
    '磁盘已满，无法保存回复。',
    {
      en: 'Free some space on the disk of the library, then resume.',
      zh: '请在图库所在磁盘上腾出空间，然后继续。',
    },
  ),
  library_read_only: row('stop', 'The library cannot be written to.', '图库无法写入。', {
    en: "Make the library's folder writable, then resume.",
    zh: '请使图库文件夹可写，然后继续。',
  }),
  slow_down: row('wait', 'The service asked to slow down.', '服务要求放慢速度。', SLOWS_DOWN),
  internal: row('skip', 'Something went wrong inside Tagroll.', 'Tagroll 内部出错。', {
    en: 'This photo is left out. Look into the log, and report it if it happens again.',
    zh: '已跳过这张照片。请查看日志；如果再次出现，请反馈。',
  }),
};

/** Why no picture could be made of a photo. */
const pictures: ErrorTable = {
  picture_unreadable: row(
    'skip',
    'The photo could not be made ready to send.',
    '无法准备要发送的图片。',
    LOOK_AT_PHOTO,
  ),
  empty_file: row('skip', 'The file is empty.', '文件为空。', LEFT_OUT),
  not_an_image: row('skip', 'The file is no picture.', '文件不是图片。', LEFT_OUT),
  damaged: row('skip', 'The photo is damaged.', '照片已损坏。', LOOK_AT_PHOTO),
  too_large: row(
    'skip',
    'The photo has too many pixels to be read.',
    '照片像素过多，无法读取。',
    LEFT_OUT,
  ),
  unreadable: row('skip', 'The file may not be read.', '文件无法读取。', {
    en: 'Change the permissions of the file, then try it again from the list.',
    zh: '请更改文件权限，然后在列表中重试。',
  }),
  vanished: row('skip', 'The file is gone.', '文件已不存在。', LEFT_OUT),
  decoder_crashed: row('skip', 'Reading the photo crashed.', '读取照片时出错崩溃。', LOOK_AT_PHOTO),
  out_of_memory: row('skip', 'The photo needs too much memory.', '照片需要的内存过多。', LEFT_OUT),
  unsupported: row(
    'skip',
    'The format of the photo cannot be read yet.',
    '暂不支持该照片格式。',
    LEFT_OUT,
  ),
  missing: row('skip', 'The photo is missing from its folder.', '照片已不在原文件夹中。', LEFT_OUT),
  offline: row('skip', "The photo's drive is not connected.", '照片所在磁盘未连接。', {
    en: 'Connect the drive, then try again.',
    zh: '请连接磁盘，然后重试。',
  }),
};

export const COMMON_ERRORS: ErrorTable = { ...wire, ...before, ...keeping, ...pictures };
