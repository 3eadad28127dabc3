/** What the system's own dialogs and menus say. The page has its texts in `renderer/i18n`. */
const ENGLISH = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  chooseFolder: 'Choose a folder with photos',
  choose: 'Add folder',
  trashTitle: (count: number) => `Move ${count} ${count === 1 ? 'photo' : 'photos'} to the trash?`,
  trashDetail:
    'The files leave their folder. You can put them back from the trash; their tags are kept.',
  trashBelonging: (count: number) =>
    `With ${count === 1 ? 'the file' : `the ${count} files`} of the same shot: RAW files, videos, sidecars.`,
  trash: 'Move to trash',
  trashSilent:
    'Its folder does not answer. Check the connection to its network or drive, then try again.',
  cancel: 'Cancel',
  engineFailed: 'Tagroll cannot open this library',
  tryAgain: 'Try again',
  quit: 'Quit',
  pageGone: 'The window stopped working and was loaded again. Nothing was lost.',
  pageBroken: 'The window stopped working several times in a row.',
  pageBusy: 'The window does not answer.',
  reload: 'Load again',
  wait: 'Wait',
  close: 'Close',
};

const CHINESE: typeof ENGLISH = {
  file: '文件',
  edit: '编辑',
  view: '显示',
  window: '窗口',
  chooseFolder: '选择照片文件夹',
  choose: '添加文件夹',
  trashTitle: (count) => `将 ${count} 张照片移到废纸篓？`,
  trashDetail: '文件会离开原来的文件夹，可以从废纸篓恢复；标签会保留。',
  trashBelonging: (count) => `同一次拍摄的 ${count} 个文件（RAW、视频、附属文件）也会一起移走。`,
  trash: '移到废纸篓',
  trashSilent: '它所在的文件夹没有响应。请检查网络或磁盘的连接，然后重试。',
  cancel: '取消',
  engineFailed: 'Tagroll 无法打开这个图库',
  tryAgain: '重试',
  quit: '退出',
  pageGone: '窗口出现故障，已重新载入。没有数据丢失。',
  pageBroken: '窗口连续多次出现故障。',
  pageBusy: '窗口没有响应。',
  reload: '重新载入',
  wait: '等待',
  close: '关闭',
};

export type Texts = typeof ENGLISH;

/** The texts for a locale such as `zh-CN`. */
export function textsFor(locale: string): Texts {
  return locale.toLowerCase().startsWith('zh') ? CHINESE : ENGLISH;
}
