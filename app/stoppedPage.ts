/** The page of a browser door whose engine has stopped for good: the window itself cannot be loaded then. */
import type { SerializedError } from '../shared/errors.ts';

const ENGLISH = {
  language: 'en',
  title: 'Tagroll’s engine stopped',
  detail:
    'It was started again and stopped again. tagroll.log in the library’s folder may tell more.',
  startAgain: 'Start again',
};

const CHINESE: typeof ENGLISH = {
  language: 'zh-Hans',
  title: 'Tagroll 引擎已停止',
  detail: '引擎重新启动后再次停止。更多信息请见图库文件夹中的 tagroll.log。',
  startAgain: '重新启动',
};

/** Asks for the window anew, and with it for a start of the engine. */
const START_PATH = '/';

/** The page in a language of the browser, with what the engine said. */
export function stoppedPage(accepted: string, error: SerializedError | null): string {
  const text = prefersChinese(accepted) ? CHINESE : ENGLISH;
  const reason = error ? `<p lang="en"><bdi>${escaped(error.message)}</bdi></p>` : '';
  return `<!doctype html>
<html lang="${text.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${text.title}</title>
<h1>${text.title}</h1>
<p>${text.detail}</p>
${reason}
<p><a href="${START_PATH}">${text.startAgain}</a></p>
</html>
`;
}

/** The first of the browser's languages that there is. */
function prefersChinese(accepted: string): boolean {
  const first = accepted
    .split(',')
    .map((tag) => tag.trim().toLowerCase())
    .find((tag) => /^(zh|en)\b/.test(tag));
  return first?.startsWith('zh') ?? false;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
