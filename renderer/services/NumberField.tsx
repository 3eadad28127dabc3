import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { saveSetting, useSettings } from '../settings/queries.ts';
import { FieldRow } from './FieldRow.tsx';
import { NUMBER_RULES, type NumberSetting } from './numberRules.ts';
import { readNumber, writeNumber } from './numberText.ts';
import { useDraft } from './useDraft.ts';

export type NumberFieldProps = {
  readonly setting: NumberSetting;
  readonly label: string;
  readonly unit?: string;
  readonly empty?: string;
  readonly detail?: string;
};

/** A setting of a service that is a number. What is not possible is said beside it and not saved. */
export function NumberField({ setting, label, unit, empty, detail }: NumberFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const saved = useSettings()[setting];
  const name = setting.slice(setting.indexOf('.') + 1) as keyof typeof NUMBER_RULES;
  const rule = NUMBER_RULES[name];
  const draft = useDraft(writeNumber(saved), (text) => {
    const read = readNumber(text, rule);
    if ('problem' in read) return false;
    void saveSetting(setting, read.value as never);
    return true;
  });
  const read = readNumber(draft.text, rule);
  const bounds = {
    minimum: format.number(rule.minimum, 2),
    maximum: format.number(rule.maximum),
  };
  return (
    <FieldRow
      label={label}
      draft={draft}
      problem={'problem' in read ? t(`services.problems.${read.problem}`, bounds) : null}
      size="short"
      inputMode={rule.whole ? 'numeric' : 'decimal'}
      {...(unit === undefined ? {} : { unit })}
      {...(empty === undefined ? {} : { empty })}
      {...(detail === undefined ? {} : { detail })}
    />
  );
}
