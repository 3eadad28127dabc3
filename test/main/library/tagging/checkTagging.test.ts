import { describe, expect, it } from 'vitest';
import { checkDatabase } from '../../../../main/library/check.ts';
import { run } from '../../../../main/library/database.ts';
import { spendingOf } from '../../../../main/library/tagging/ledger.ts';
import {
  createTaggingDesk,
  MONTH,
  SERVICE,
  UNPRICED,
  uploadIdsOf,
} from '../../../helpers/tagging.ts';

describe('checkDatabase', () => {
  it('adds the ledger up and finds jobs without a call', () => {
    const desk = createTaggingDesk();
    desk.begin([desk.photo('a.jpg'), desk.photo('b.jpg')]);
    const jobs = desk.next();
    const price = { ...UNPRICED, pricePerCallMicros: 7 };
    uploadIdsOf(desk.reserve(jobs.slice(0, 1), { price }));
    expect(desk.write(checkDatabase, null).output).toEqual([]);
    run(desk.db, 'UPDATE spending SET calls = 0');
    run(
      desk.db,
      `INSERT INTO spending (service_id, month, calls) VALUES ('tencent-porn', '2026-01', 3)`,
    );
    run(desk.db, `UPDATE job SET state = 'running' WHERE id = ?`, jobs[1]?.jobId);
    expect(desk.write(checkDatabase, null).output).toMatchObject([
      { code: 'spending_differs', repaired: true },
      { code: 'spending_differs', repaired: true },
      { code: 'job_without_call', repaired: true },
    ]);
    expect(spendingOf(desk.db, SERVICE, MONTH)).toEqual({ calls: 1, costMicros: 7 });
    expect(spendingOf(desk.db, 'tencent-porn', '2026-01').calls).toBe(0);
    expect(desk.next().map((job) => job.jobId)).toEqual([jobs[1]?.jobId]);
    expect(desk.write(checkDatabase, null).output).toEqual([]);
  });
});
