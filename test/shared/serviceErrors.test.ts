import { describe, expect, it } from 'vitest';
import { classOf, explainServiceError, knownCodes } from '../../shared/serviceErrors/index.ts';
import { SERVICE_IDS, type ServiceId } from '../../shared/services.ts';

type Classes = Readonly<Record<string, readonly string[]>>;

/** As the documents and the decisions about them say, written down once more. */
const TENCENT: Classes = {
  wait: ['7', '8', '15', 'http.503'],
  'sign-again': ['9', '13'],
  retry: [
    ...['16', '17', '107', '108', '200', '201', '202', '203', '213'],
    ...['http.500', 'http.502', 'http.504'],
  ],
  stop: [
    ...['3.account_abnormal', '4', '5', '6', '10', '11', '12', '14', '24', '25'],
    ...['http.401', 'http.403', 'http.404', 'http.424'],
  ],
  skip: [
    ...['3', '18', '19', '20', '21', '23', '-1102', '-1300', '-1301', '-1304', '-1308', '-1400'],
    ...['-1403', '-1404', '-1505', '-1506', '-1507', '-5062', '-5103', '-9002', '-9011'],
    ...['http.400', 'http.411', 'http.413'],
  ],
};
const HUAWEI: Classes = {
  wait: ['APIG.0308', 'throttled', 'http.429'],
  'sign-again': [
    ...['APIG.0301', 'APIGW.0301', 'ModelArts.0203'],
    ...['ModelArts.4101', 'ModelArts.4102', 'ModelArts.4103'],
  ],
  retry: [
    ...['AIS.0003', 'AIS.0201', 'AIS.0505', 'AIS.0506'],
    ...['http.408', 'http.500', 'http.502', 'http.504'],
  ],
  stop: [
    ...['AIS.0002', 'AIS.0004', 'AIS.0005', 'AIS.0007', 'APIG.0101', 'APIG.0303', 'token_refused'],
    ...['ModelArts.4106', 'ModelArts.4107', 'ModelArts.4201', 'ModelArts.4202', 'ModelArts.4203'],
    ...['ModelArts.4204', 'http.300', 'http.301', 'http.302', 'http.303', 'http.304', 'http.305'],
    ...['http.306', 'http.401', 'http.402', 'http.403', 'http.404', 'http.405', 'http.407'],
    ...['http.410', 'http.414', 'http.501', 'http.503', 'http.505'],
  ],
  skip: [
    ...['AIS.0010', 'AIS.0011', 'AIS.0012', 'AIS.0013', 'AIS.0014', 'AIS.0015', 'AIS.0020'],
    ...['AIS.0105', 'AIS.0501', 'AIS.0502', 'AIS.0503', 'AIS.0504', 'APIG.0201'],
    ...['ModelArts.4104', 'ModelArts.4105', 'ModelArts.4601', 'ModelArts.4603', 'ModelArts.4702'],
    ...['ModelArts.4703', 'ModelArts.4704', 'ModelArts.4705', 'ModelArts.4706'],
    ...['http.400', 'http.406', 'http.409', 'http.411', 'http.412', 'http.413', 'http.415'],
    ...['http.416', 'http.417', 'http.422'],
  ],
};
const OURS: Classes = {
  wait: ['slow_down'],
  retry: [
    'network',
    'connection_lost',
    'timed_out',
    'garbage_answer',
    'sign_in_page',
    'too_large_answer',
    'cancelled',
  ],
  stop: [
    ...['tls', 'proxy', 'clock', 'redirected', 'unusable_key', 'not_configured', 'cap_calls'],
    ...['cap_money', 'run_calls', 'same_error_repeated', 'disk_full', 'library_read_only'],
  ],
  skip: [
    ...['batch_mismatch', 'picture_too_large', 'picture_unreadable', 'damaged', 'never_upload'],
    ...[
      'internal',
      'unavailable',
      'empty_file',
      'not_an_image',
      'too_large',
      'unreadable',
      'vanished',
    ],
    ...['decoder_crashed', 'out_of_memory', 'unsupported', 'missing', 'offline'],
  ],
};

const rows = SERVICE_IDS.flatMap((id): readonly (readonly [ServiceId, string, string])[] =>
  [id === 'huawei-tagging' ? HUAWEI : TENCENT, OURS].flatMap((classes) =>
    Object.entries(classes).flatMap(([name, codes]) =>
      codes.map((code) => [id, code, name] as const),
    ),
  ),
);

describe('the class of', () => {
  it.each(rows)('%s %s is %s', (id, code, expected) => {
    expect(classOf(id, code)).toBe(expected);
  });
});

describe('the sentences', () => {
  it.each(SERVICE_IDS)('of %s are whole, in both languages, with a next step', (id) => {
    for (const code of knownCodes(id)) {
      const en = explainServiceError(id, code, 'en');
      const zh = explainServiceError(id, code, 'zh');
      expect(en?.sentence, code).toMatch(/^[A-Z].*\.$/);
      expect(en?.nextStep, code).toMatch(/^[A-Z].*\.$/);
      expect(zh?.sentence, code).toMatch(/\p{Script=Han}.*。$/u);
      expect(zh?.nextStep, code).toMatch(/\p{Script=Han}.*。$/u);
    }
  });

  it('of 16 and 17 follow the documents of the service', () => {
    expect(explainServiceError('tencent-tag', '16', 'en')?.sentence).not.toContain('bucket');
    expect(explainServiceError('tencent-porn', '16', 'en')?.sentence).toContain('bucket');
    expect(explainServiceError('tencent-porn', '17', 'zh')?.sentence).toContain('网址为空');
  });

  it('of unknown codes do not exist', () => {
    for (const code of ['4242', 'http.418', '', 'constructor', '__proto__', 'toString']) {
      expect(explainServiceError('tencent-tag', code, 'en')).toBeNull();
      expect(classOf('huawei-tagging', code)).toBeNull();
    }
  });
});
