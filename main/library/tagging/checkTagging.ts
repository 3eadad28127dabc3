/** Do the sums of the ledger and the states of jobs agree with what they stand for? Repairs them. */
import type { CheckProblem } from '../../../shared/model.ts';
import { all, run, type WritableDB } from '../database.ts';

/**
 * Months whose sums differ from their uploads are added up anew. Jobs that count as under way although
 * no upload is go back to the queue. Only asked on the writer thread: between its transactions both agree.
 */
export function checkTagging(db: WritableDB): CheckProblem[] {
  return [...checkSpending(db), ...checkJobs(db)];
}

function checkSpending(db: WritableDB): CheckProblem[] {
  type Row = { service: string; month: string; calls: number; costMicros: number };
  const wrong = all<Row & { bookedCalls: number; bookedCost: number }>(
    db,
    `WITH ledger AS (
       SELECT service_id, month, COUNT(*) AS calls, SUM(COALESCE(cost_micros, 0)) AS cost
         FROM upload GROUP BY service_id, month),
     key AS (SELECT service_id, month FROM ledger UNION SELECT service_id, month FROM spending)
     SELECT key.service_id AS service, key.month,
            COALESCE(ledger.calls, 0) AS calls, COALESCE(ledger.cost, 0) AS costMicros,
            COALESCE(spending.calls, 0) AS bookedCalls,
            COALESCE(spending.cost_micros, 0) AS bookedCost
       FROM key LEFT JOIN ledger USING (service_id, month) LEFT JOIN spending USING (service_id, month)
      WHERE COALESCE(ledger.calls, 0) <> COALESCE(spending.calls, 0)
         OR COALESCE(ledger.cost, 0) <> COALESCE(spending.cost_micros, 0)`,
  );
  return wrong.map((row) => {
    run(
      db,
      `INSERT INTO spending (service_id, month, calls, cost_micros) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET calls = excluded.calls, cost_micros = excluded.cost_micros`,
      row.service,
      row.month,
      row.calls,
      row.costMicros,
    );
    return {
      code: 'spending_differs',
      message: `${row.bookedCalls} calls of ${row.service} were booked in ${row.month}, but the list of uploads has ${row.calls}; the list counts now.`,
      repaired: true,
    };
  });
}

function checkJobs(db: WritableDB): CheckProblem[] {
  const orphans = all<{ id: number }>(
    db,
    `UPDATE job SET state = 'waiting', retry_at = NULL
      WHERE state = 'running' AND NOT EXISTS (
        SELECT 1 FROM upload INDEXED BY upload_open
         WHERE upload.state = 'sent' AND upload.service_id = job.service_id
           AND upload.run_id = job.run_id AND upload.photo_id = job.photo_id)
      RETURNING id`,
  );
  if (orphans.length === 0) return [];
  return [
    {
      code: 'job_without_call',
      message: `${orphans.length} photos counted as being asked about although no call was under way; they wait again.`,
      repaired: true,
    },
  ];
}
