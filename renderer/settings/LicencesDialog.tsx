import { queryOptions, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { LICENCES_PATH, type Licence } from '../../shared/licences.ts';
import { useTranslation } from '../i18n/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Disclosure } from '../ui/Disclosure.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Licences.module.css';

const licencesQuery = queryOptions({
  queryKey: ['licences'],
  queryFn: async ({ signal }): Promise<readonly Licence[]> => {
    const response = await fetch(LICENCES_PATH, { signal });
    if (!response.ok) throw new Error(`The licences could not be read (${response.status}).`);
    return response.json() as Promise<readonly Licence[]>;
  },
  staleTime: Number.POSITIVE_INFINITY,
  // Much text for something that is looked at once.
  gcTime: 0,
});

/** What of Tagroll others made, and under which terms; each with its whole text. */
export function LicencesDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { data, isError } = useQuery(licencesQuery);
  const [needle, setNeedle] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const found = data?.filter((licence) => matches(licence, needle));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('licences.title')}
      description={t('licences.text')}
      width="large"
    >
      <TextField
        label={t('licences.search')}
        value={needle}
        onChange={setNeedle}
        onEscape={() => setNeedle('')}
        icon={<Search size={14} />}
        className={styles['search']}
        autoFocus
      />
      <p className={styles['count']} role="status">
        {isError && t('licences.missing')}
        {found && t('licences.count', { count: found.length })}
      </p>
      <div className={styles['list']}>
        {found?.map((licence) => {
          const key = `${licence.inside ?? ''}/${licence.name}`;
          return (
            <Disclosure
              key={key}
              level={3}
              title={<Title licence={licence} />}
              status={licence.licence}
              open={open === key}
              onToggle={(isOpen) => setOpen(isOpen ? key : null)}
            >
              <pre className={styles['text']} data-selectable>
                {licence.text}
              </pre>
            </Disclosure>
          );
        })}
      </div>
    </Dialog>
  );
}

function Title({ licence: { name, version, inside } }: { readonly licence: Licence }) {
  const { t } = useTranslation();
  return (
    <>
      {name} <span className={styles['version']}>{version}</span>
      {inside && <span className={styles['inside']}>{t('licences.inside', { name: inside })}</span>}
    </>
  );
}

function matches({ name, licence, inside }: Licence, needle: string): boolean {
  const wanted = needle.trim().toLowerCase();
  return [name, licence, inside ?? ''].some((text) => text.toLowerCase().includes(wanted));
}
