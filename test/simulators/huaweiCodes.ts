/** The codes that Huawei's document lists (its section 6), with the words of its table. */

const SERVICE_CODES: Readonly<Record<string, string>> = {
  'AIS.0012': 'The request parameter is not supported.',
  'AIS.0014': 'The JSON format of the input data is incorrect.',
  'AIS.0501': 'The input parameter is invalid.',
  'AIS.0502': 'The image format is not supported.',
  'AIS.0503': 'The image is damaged.',
  'AIS.0504': 'The image size does not meet requirements.',
  'AIS.0505': 'Failed to run the algorithm.',
  'AIS.0506': 'An internal error occurred.',
  'APIG.0101': 'The API does not exist or has not been published.',
  'APIG.0201': 'The request body is oversized.',
  'APIG.0301': 'Incorrect IAM authentication information: verify aksk signature fail',
  'ModelArts.0203': 'Invalid token.',
  'ModelArts.4101': 'The token is empty.',
  'ModelArts.4102': 'Failed to parse the token.',
  'ModelArts.4103': 'The token is invalid.',
  'ModelArts.4104': 'The length of the request body is invalid.',
  'ModelArts.4105': 'The JSON format of the request body is incorrect.',
  'ModelArts.4106': 'The account is restricted.',
  'ModelArts.4107': 'An exception occurred when obtaining the temporary AK/SK.',
  'ModelArts.4201': 'The request URL does not contain the service ID.',
  'ModelArts.4202': 'The request URL format is invalid.',
  'ModelArts.4203': 'No access permission.',
  'ModelArts.4204': 'The API is not subscribed to.',
  'ModelArts.4601': 'The external URL is invalid.',
  'ModelArts.4603': 'The file failed to be downloaded from the external URL.',
  'ModelArts.4702': 'The OBS agency failed to be queried.',
  'ModelArts.4703': 'The OBS URL is invalid.',
  'ModelArts.4704': 'Failed to obtain the OBS file.',
  'ModelArts.4705': 'The OBS file is oversized.',
  'ModelArts.4706': 'The OBS file does not exist.',
};

/** Codes that the document does not list, but the vendor's other pages do. */
const OTHER_CODES: Readonly<Record<string, string>> = {
  'AIS.0002': 'The token is invalid.',
  'AIS.0003': 'An exception occurred.',
  'AIS.0004': 'You are not authorized to access the service.',
  'AIS.0005': 'The service does not exist.',
  'AIS.0007': 'The service is not enabled.',
  'AIS.0010': 'The request header parameter is missing.',
  'AIS.0011': 'The request parameter is missing.',
  'AIS.0013': 'The request method is not supported.',
  'AIS.0015': 'The base64 encoding of the image is incorrect.',
  'AIS.0020': 'The request body is too large.',
  'AIS.0201': 'An exception occurred in the process.',
  'APIG.0303': 'Incorrect app authentication information.',
  'APIG.0308': 'The throttling threshold has been reached: policy over ratelimit',
  'APIGW.0301': 'Incorrect IAM authentication information.',
};

/** The refusal that the document lists without a code. */
export const SENT_TOO_FAST =
  'The request is sent too fast and exceeds the default rate limit of the service.';

const HTTP_CODES: Readonly<Record<string, string>> = {
  'http.400': 'Bad Request',
  'http.401': 'Unauthorized',
  'http.402': 'Payment Required',
  'http.403': 'Forbidden',
  'http.404': 'Not Found',
  'http.405': 'Method Not Allowed',
  'http.406': 'Not Acceptable',
  'http.407': 'Proxy Authentication Required',
  'http.408': 'Request Timeout',
  'http.409': 'Conflict',
  'http.410': 'Gone',
  'http.411': 'Length Required',
  'http.412': 'Precondition Failed',
  'http.413': 'Request Entity Too Large',
  'http.414': 'Request URI Too Long',
  'http.415': 'Unsupported Media Type',
  'http.416': 'Requested Range Not Satisfiable',
  'http.417': 'Expectation Failed',
  'http.422': 'Unprocessable Entity',
  'http.429': 'Too Many Requests',
  'http.500': 'Internal Server Error',
  'http.501': 'Not Implemented',
  'http.502': 'Bad Gateway',
  'http.503': 'Service Unavailable',
  'http.504': 'Gateway Timeout',
  'http.505': 'HTTP Version Not Supported',
};

/** Every code of the document's table. All of them arrive with status 400. */
export const HUAWEI_DOCUMENT_CODES: readonly string[] = Object.keys(SERVICE_CODES);

/** Every status of the document's table that is a failure. */
export const HUAWEI_STATUSES: readonly string[] = Object.keys(HTTP_CODES);

/**
 * The code by which `next({ kind: 'code' })` asks for the refusal without a code, and by which the
 * record names it.
 */
export const NO_CODE_TOO_FAST = 'too-fast';

/** Words of every code that Huawei is known to answer with. */
export const HUAWEI_CODES: Readonly<Record<string, string>> = {
  ...SERVICE_CODES,
  ...OTHER_CODES,
  ...HTTP_CODES,
  [NO_CODE_TOO_FAST]: SENT_TOO_FAST,
};

/** Codes about keys and tokens, for which the gateway may answer 401 as well. */
export const HUAWEI_AUTHENTICATION_CODES: readonly string[] = [
  'APIG.0301',
  'APIGW.0301',
  'APIG.0303',
  'ModelArts.0203',
  'ModelArts.4101',
  'ModelArts.4102',
  'ModelArts.4103',
];
