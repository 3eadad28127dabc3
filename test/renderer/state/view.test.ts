import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_VIEW } from '../../../renderer/state/viewHash.ts';
import { type FakeBrowser, fakeBrowser } from './fakeBrowser.ts';

/** The modules keep what a window keeps: each test gets them anew, as each page does. */
async function openPage() {
  vi.resetModules();
  const view = await import('../../../renderer/state/view.ts');
  const history = await import('../../../renderer/state/viewHistory.ts');
  const place = await import('../../../renderer/state/place.ts');
  view.startView({ fallback: {} });
  return { ...view, ...history, ...place };
}

let browser: FakeBrowser;
beforeEach(() => {
  vi.useFakeTimers();
  browser = fakeBrowser();
});
afterEach(() => {
  vi.useRealTimers();
  browser.remove();
});

const steps = (page: Awaited<ReturnType<typeof openPage>>) => page.getSteps();

describe('back and forward', () => {
  it('lead through the views, and say when there is nowhere to go', async () => {
    const page = await openPage();
    expect(steps(page)).toEqual({ canGoBack: false, canGoForward: false });
    page.setView({ query: 'a' }, { push: true });
    page.setView({ query: 'b' }, { push: true });
    expect(steps(page)).toEqual({ canGoBack: true, canGoForward: false });
    expect(page.goBack()).toBe(true);
    expect(page.getView().query).toBe('a');
    expect(steps(page)).toEqual({ canGoBack: true, canGoForward: true });
    page.goBack();
    expect(page.goBack()).toBe(false);
    expect(page.getView().query).toBe('');
    expect(steps(page)).toEqual({ canGoBack: false, canGoForward: true });
    page.goForward();
    page.goForward();
    expect(page.goForward()).toBe(false);
    expect(page.getView().query).toBe('b');
  });

  it('forget what lay ahead when the person goes another way', async () => {
    const page = await openPage();
    page.setView({ query: 'a' }, { push: true });
    page.goBack();
    page.setView({ query: 'c' }, { push: true });
    expect(steps(page)).toEqual({ canGoBack: true, canGoForward: false });
    expect(browser.entries.length).toBe(2);
  });

  it('leave lens and size where the person put them', async () => {
    const page = await openPage();
    page.setView({ query: 'a' }, { push: true });
    page.setView({ threshold: 80, zoom: 4 });
    page.goBack();
    expect(page.getView()).toEqual({ ...DEFAULT_VIEW, threshold: 80, zoom: 4 });
    expect(window.location.hash).toContain('lens=80');
  });

  it('pass by entries that show what is on screen already', async () => {
    const page = await openPage();
    page.setView({ query: 'a' }, { push: true });
    page.setView({ viewerId: 7 }, { push: true });
    page.setView({ viewerId: null });
    vi.runAllTimers();
    // Entries: all, a, a.
    expect(page.goBack()).toBe(true);
    expect(page.getView().query).toBe('');
    page.goForward();
    expect(page.getView().query).toBe('a');
    // The browser's own button stops at each: the window goes on by itself.
    browser.go(1);
    browser.go(-1);
    expect(page.getView().query).toBe('');
  });

  it('are not offered for a viewer that was opened and closed', async () => {
    const page = await openPage();
    page.setView({ viewerId: 7 }, { push: true });
    expect(steps(page).canGoBack).toBe(true);
    page.setView({ viewerId: null });
    expect(steps(page).canGoBack).toBe(false);
  });

  it('take a row of changes with one name as one step', async () => {
    const page = await openPage();
    for (const query of ['tag:dog>10', 'tag:dog>11', 'tag:dog>12']) {
      page.setView({ query }, { push: true, step: 'bound:dog' });
    }
    page.setView({ query: 'tag:cat>1' }, { push: true, step: 'bound:cat' });
    expect(browser.entries.length).toBe(3);
    page.goBack();
    expect(page.getView().query).toBe('tag:dog>12');
    page.setView({ query: 'tag:dog>13' }, { push: true, step: 'bound:dog' });
    expect(browser.entries.length).toBe(3);
    page.goBack();
    page.goBack();
    expect(page.getView().query).toBe('');
  });

  it('lead to what an entry showed last, also when its address was not written yet', async () => {
    const page = await openPage();
    page.setView({ query: 'c' }, { push: true });
    page.setView({ query: 'a' });
    browser.go(-1);
    browser.go(1);
    expect(page.getView().query).toBe('a');
    expect(window.location.hash).toContain('q=a');
  });

  it('follow an address that was typed', async () => {
    const page = await openPage();
    page.setView({ query: 'a' }, { push: true });
    page.setView({ query: 'b' }, { push: true });
    page.goBack();
    browser.type('#/problems');
    expect(page.getView().section).toBe('problems');
    expect(steps(page)).toEqual({ canGoBack: true, canGoForward: false });
    page.goBack();
    expect(page.getView()).toMatchObject({ section: 'photos', query: 'a' });
  });

  it('know after a reload what lies on both sides', async () => {
    let page = await openPage();
    page.setView({ query: 'a' }, { push: true });
    page.setView({ query: 'b' }, { push: true });
    page.goBack();
    browser.reload();
    page = await openPage();
    expect(page.getView().query).toBe('a');
    expect(steps(page)).toEqual({ canGoBack: true, canGoForward: true });
    page.goForward();
    expect(page.getView().query).toBe('b');
  });

  it('agree with a list of what was shown, whatever the person does', async () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('push' as const), query: fc.constantFrom('', 'a', 'b', 'c') }),
      fc.record({
        kind: fc.constant('replace' as const),
        query: fc.constantFrom('', 'a', 'b', 'c'),
      }),
      fc.constant({ kind: 'back' as const }),
      fc.constant({ kind: 'forward' as const }),
      fc.constant({ kind: 'reload' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        browser.remove();
        browser = fakeBrowser();
        let page = await openPage();
        const shown = [''];
        let at = 0;
        const other = (direction: number): number => {
          let to = at + direction;
          while (shown[to] !== undefined && shown[to] === shown[at]) to += direction;
          return shown[to] === undefined ? at : to;
        };
        for (const step of actions) {
          switch (step.kind) {
            case 'push':
              page.setView({ query: step.query }, { push: true });
              if (step.query !== shown[at]) {
                shown.splice(at + 1, shown.length, step.query);
                at += 1;
              }
              break;
            case 'replace':
              page.setView({ query: step.query });
              shown[at] = step.query;
              break;
            case 'back':
            case 'forward': {
              const to = other(step.kind === 'back' ? -1 : 1);
              const moved = step.kind === 'back' ? page.goBack() : page.goForward();
              expect(moved).toBe(to !== at);
              at = to;
              break;
            }
            case 'reload':
              vi.runAllTimers();
              browser.reload();
              page = await openPage();
          }
          expect(page.getView().query).toBe(shown[at]);
          expect(steps(page)).toEqual({
            canGoBack: other(-1) !== at,
            canGoForward: other(1) !== at,
          });
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('where the person stood', () => {
  const order = (query: string) => ({ query, sort: 'taken' as const, ascending: false });

  it('comes back with the view', async () => {
    const page = await openPage();
    let standing = { order: order(''), place: { photoId: 70, index: 300, y: -12 } };
    page.tellStanding(() => standing);
    page.setView({ query: 'a' }, { push: true });
    standing = { order: order('a'), place: { photoId: 5, index: 9, y: 30 } };
    page.goBack();
    expect(page.wantedStanding()?.place).toEqual({ photoId: 70, index: 300, y: -12 });
    // Before the grid is there, the person is as good as there.
    expect(page.standingIn(page.getView())).toEqual({ photoId: 70, index: 300, y: -12 });
    page.goForward();
    expect(page.wantedStanding()?.place).toEqual({ photoId: 5, index: 9, y: 30 });
    page.setView({ query: 'b' }, { push: true });
    expect(page.wantedStanding()).toBeNull();
    page.goBack();
    expect(page.wantedStanding()?.place).toEqual({ photoId: 5, index: 9, y: 30 });
  });

  it('is not asked for when only the viewer opens or closes', async () => {
    const page = await openPage();
    page.tellStanding(() => ({ order: order(''), place: { photoId: 70, index: 300, y: 0 } }));
    page.setView({ viewerId: 70 }, { push: true });
    page.goBack();
    expect(page.getView().viewerId).toBeNull();
    expect(page.wantedStanding()).toBeNull();
  });

  it('is not taken from photos of another search that are still on screen', async () => {
    const page = await openPage();
    page.tellStanding(() => ({ order: order('old'), place: { photoId: 1, index: 50, y: 0 } }));
    page.setView({ query: 'a' }, { push: true });
    page.goBack();
    expect(page.wantedStanding()).toEqual({ order: page.getView(), place: null });
  });

  it('outlives a reload', async () => {
    let page = await openPage();
    const place = { photoId: 70, index: 300, y: 4 };
    page.tellStanding(() => ({ order: order(''), place }));
    browser.reload();
    page = await openPage();
    expect(page.wantedStanding()).toEqual({ order: page.getView(), place });
  });
});
