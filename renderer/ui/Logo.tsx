/** The app's icon in the colours of the theme. */
export function Logo() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="var(--accent)" aria-hidden="true">
      <rect x="1" y="2" width="11" height="7.5" rx="1.5" />
      <rect x="13.5" y="2" width="5.5" height="7.5" rx="1.5" opacity="0.55" />
      <rect x="1" y="11" width="5.5" height="7" rx="1.5" opacity="0.55" />
      <rect x="8" y="11" width="11" height="7" rx="1.5" />
    </svg>
  );
}
