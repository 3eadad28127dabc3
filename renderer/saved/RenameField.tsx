import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { TextField } from '../ui/TextField.tsx';
import { LONGEST_NAME } from './proposedName.ts';
import styles from './Saved.module.css';

type RenameFieldProps = {
  readonly name: string;
  /** The new name; null when it stays. Called once. */
  readonly onDone: (name: string | null) => void;
};

/** The name of a row while it is being changed, in its place. */
export function RenameField({ name, onDone }: RenameFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const [text, setText] = useState(name);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const finish = (next: string): void => {
    // Leaving the page takes the focus away once more.
    if (isDone.current) return;
    isDone.current = true;
    const trimmed = next.trim();
    onDone(trimmed === '' || trimmed === name ? null : trimmed);
  };
  return (
    <div
      role="none"
      className={styles['rename']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        finish(name);
      }}
    >
      <TextField
        ref={input}
        label={t('saved.newName', { name })}
        value={text}
        onChange={(value) => setText(value.slice(0, LONGEST_NAME))}
        onEnter={() => finish(text)}
        onBlur={() => finish(text)}
      />
    </div>
  );
}
