// First: what follows makes schemas as it is loaded.
import './noEval.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { DEFAULT_SETTINGS, type Settings } from '../shared/settings.ts';
import { App } from './App.tsx';
import { queryClient } from './api/queryClient.ts';
import { startLive } from './api/useLive.ts';
import { rootsQuery } from './folders/queries.ts';
import { chooseLanguage, startTranslation } from './i18n/index.ts';
import { ErrorBoundary } from './layout/ErrorBoundary.tsx';
import { keepView, openView, reopenLate } from './navigation/reopen.ts';
import { settingsQuery } from './settings/queries.ts';
import { TooltipProvider } from './ui/Tooltip.tsx';
import './ui/tokens.css';
import './ui/base.css';

/** Longer than this nobody looks at an empty window; the settings then apply when they come. */
const SETTINGS_WITHIN_MS = 1500;

async function start(): Promise<void> {
  startLive(queryClient);
  void queryClient.prefetchQuery(rootsQuery);
  const settings = await firstSettings();
  await openView(settings);
  await startTranslation(chooseLanguage(settings.language, navigator.languages));
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no place for the window.');
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <TooltipProvider>
            <App />
          </TooltipProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
}

async function firstSettings(): Promise<Settings> {
  let isLate = false;
  const late = new Promise<Settings>((resolve) =>
    setTimeout(() => {
      isLate = true;
      resolve(DEFAULT_SETTINGS);
    }, SETTINGS_WITHIN_MS),
  );
  const asked = queryClient.fetchQuery(settingsQuery).catch(() => DEFAULT_SETTINGS);
  // What is kept is not written over before it was read.
  void asked.then((settings) => {
    if (isLate) reopenLate(settings);
    keepView(settings.view);
  });
  return Promise.race([asked, late]);
}

void start();
