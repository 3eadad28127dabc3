import { LANGUAGES, type Language } from '../../shared/model.ts';
import type { Settings } from '../../shared/settings.ts';
import { LANGUAGE_NAMES, useTranslation } from '../i18n/index.ts';
import { type Choice, ChoiceGroup } from './ChoiceGroup.tsx';
import { saveSetting, useSettings } from './queries.ts';

const THEMES: readonly Settings['theme'][] = ['system', 'light', 'dark'];

/** Language and appearance. */
export function GeneralTab() {
  const { t } = useTranslation();
  const { language, theme } = useSettings();
  const languages: Choice<Language | 'system'>[] = [
    { value: 'system', label: t('settings.languageSystem') },
    ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
  ];
  return (
    <>
      <ChoiceGroup
        label={t('settings.language')}
        value={language ?? 'system'}
        choices={languages}
        onChange={(value) => void saveSetting('language', value === 'system' ? null : value)}
      />
      <ChoiceGroup
        label={t('settings.theme')}
        value={theme}
        choices={THEMES.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
        onChange={(value) => void saveSetting('theme', value)}
      />
    </>
  );
}
