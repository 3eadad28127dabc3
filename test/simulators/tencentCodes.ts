/** The codes that Tencent's documents list, with the words of their tables. */
import type { TencentService } from './types.ts';

/** Meaning of a code in a body, by the code as text. */
const BODY_CODES: Readonly<Record<string, string>> = {
  '3': '错误的请求',
  '4': '签名为空',
  '5': '签名串错误',
  '6': 'appid /存储桶/ url 不匹配',
  '7': '签名编码失败（内部错误）',
  '8': '签名解码失败（内部错误）',
  '9': '签名过期',
  '10': 'appid 不存在',
  '11': 'secretid 不存在',
  '12': 'appid 不匹配',
  '13': '重放攻击',
  '14': '签名失败',
  '15': '操作太频繁，触发频控',
  '16': '内部错误',
  '17': '未知错误',
  '18': '没有图片或 url',
  '19': '图片超过 20 张',
  '20': '单个图片文件过大',
  '21': '参数无效',
  '23': '请求包体太大',
  '24': '没有权限',
  '25': '您购买的资源已用尽',
  '107': '鉴权服务内部错误',
  '108': '鉴权服务不可用',
  '200': '内部打包失败',
  '201': '内部解包失败',
  '202': '内部链接失败',
  '203': '内部处理超时',
  '213': '内部错误',
  '-1102': '图片解码失败',
  '-1300': '图片为空',
  '-1301': '参数为空',
  '-1304': '参数过长',
  '-1308': 'url 图片下载失败',
  '-1400': '非法的图片格式',
  '-1403': '图片下载失败',
  '-1404': '图片无法识别',
  '-1505': 'url 格式不对',
  '-1506': '图片下载超时',
  '-1507': '无法访问 url 对应的图片服务器',
  '-5062': 'url 对应的图片已被标注为不良图片，无法访问',
};

const HTTP_CODES: Readonly<Record<string, string>> = {
  'http.400': '请求不合法，包体格式错误',
  'http.401': '权限验证失败',
  'http.403': '鉴权信息不合法，禁止访问',
  'http.404': '请求失败',
  'http.411': '请求没有指定 ContentLength',
  'http.413': '请求包体太大',
  'http.424': '请求的方法没有找到',
  'http.500': '服务内部错误',
  'http.502': '网关错误，计算后台服务不可用',
  'http.503': '服务不可用',
  'http.504': '后端服务超时或者处理失败',
};

/** Every code that a Tencent service is known to answer with: `15`, `-1102`, `http.503`. */
export const TENCENT_CODES: Readonly<Record<string, string>> = { ...BODY_CODES, ...HTTP_CODES };

/** The codes on the page of each service itself; the rest is on the page they share. */
export const CODES_ON_PAGE: Readonly<Record<TencentService, readonly string[]>> = {
  'tencent-tag': Object.keys(BODY_CODES).filter(
    (code) =>
      !['18', '19', '20', '21', '23', '24', '25', '107', '108', '213'].includes(code) &&
      !['-1102', '-1301', '-1304'].includes(code),
  ),
  'tencent-classify': [...Object.keys(HTTP_CODES), '-1102', '-1300', '-1301', '-1304'],
  'tencent-terrorism': [...Object.keys(HTTP_CODES), '-1102', '-1300', '-1301', '-1304'],
  'tencent-porn': [...Object.keys(HTTP_CODES), '-1102', '-1300', '-1301', '-1304'],
};

/** Codes about keys and signatures, for which a service may answer 401 as well. */
export const TENCENT_AUTHENTICATION_CODES: readonly string[] = [
  ...['4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14'],
  '24',
];

/** What the account's debts are called in the message of code 3. */
export const ACCOUNT_ABNORMAL = 'account abnormal,errorno is:2';
