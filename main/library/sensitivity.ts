/** What makes a picture sensitive: answers of the moderation services, at the person's threshold (docs/rules.md 3). */
import { SENSITIVITY_SERVICES } from '../../shared/services.ts';
import type { Settings } from '../../shared/settings.ts';
import { foldName } from '../search/fold.ts';
import { all, type ReadableDB } from './database.ts';
import { readSetting } from './settings.ts';

/** What a person calls sensitive. */
export type Sensitivity = {
  /** From this confidence on, whole 0..100. */
  readonly threshold: number;
  /** Labels that count besides those that always do. */
  readonly extras: Settings['sensitive.extras'];
};

/** The services' own words that always count. */
const ALWAYS = ['porn', 'vulgar', 'terrorists', 'guns', 'blood'] as const;

export function sensitivityOf(
  settings: Pick<Settings, 'sensitive.threshold' | 'sensitive.extras'>,
): Sensitivity {
  return { threshold: settings['sensitive.threshold'], extras: settings['sensitive.extras'] };
}

/** The words of the moderation services that count. */
export function sensitiveWords(extras: Sensitivity['extras']): ReadonlySet<string> {
  return new Set([...ALWAYS, ...extras]);
}

export function isSensitivityService(serviceId: string): boolean {
  return SENSITIVITY_SERVICES.some((id) => id === serviceId);
}

/**
 * Those of the photos that are sensitive at the stored settings. A label that the person rejected on a
 * photo does not count there; one of an earlier version of the picture does until it is looked at again.
 */
export function sensitivePhotos(db: ReadableDB, photoIds: readonly number[]): Set<number> {
  const labels = all<{ id: number; raw: string }>(
    db,
    'SELECT id, raw FROM label WHERE service_id IN (SELECT value FROM json_each(?))',
    JSON.stringify(SENSITIVITY_SERVICES),
  );
  if (labels.length === 0) return new Set();
  const words = sensitiveWords(readSetting(db, 'sensitive.extras'));
  const counting = labels
    .filter((label) => words.has(foldName(label.raw)))
    .map((label) => label.id);
  const rows = all<{ id: number }>(db, SENSITIVE_SQL, {
    photoIds: JSON.stringify(photoIds),
    labelIds: JSON.stringify(counting),
    threshold: readSetting(db, 'sensitive.threshold'),
  });
  return new Set(rows.map((row) => row.id));
}

/** CROSS: the named photos come first, then the few labels. */
const SENSITIVE_SQL = `
  SELECT photo.id FROM json_each($photoIds) AS wanted
    CROSS JOIN photo ON photo.id = wanted.value
    CROSS JOIN json_each($labelIds) AS counting
    CROSS JOIN picture_tag ON picture_tag.picture_id = photo.picture_id
           AND picture_tag.label_id = counting.value
    CROSS JOIN label ON label.id = picture_tag.label_id
   WHERE picture_tag.confidence >= $threshold
     AND NOT EXISTS (SELECT 1 FROM rejection
           WHERE rejection.photo_id = photo.id AND rejection.tag_id = label.tag_id)
  UNION
  SELECT photo.id FROM json_each($photoIds) AS wanted
    CROSS JOIN photo ON photo.id = wanted.value
    CROSS JOIN json_each($labelIds) AS counting
    CROSS JOIN picture_tag ON picture_tag.picture_id = photo.earlier_picture_id
           AND picture_tag.label_id = counting.value
    CROSS JOIN label ON label.id = picture_tag.label_id
   WHERE photo.earlier_picture_id IS NOT NULL AND picture_tag.confidence >= $threshold
     AND NOT EXISTS (SELECT 1 FROM rejection
           WHERE rejection.photo_id = photo.id AND rejection.tag_id = label.tag_id)
     AND NOT EXISTS (
       SELECT 1 FROM picture_tag AS now CROSS JOIN label AS now_label ON now_label.id = now.label_id
        WHERE now.picture_id = photo.picture_id AND now_label.service_id = label.service_id)`;
