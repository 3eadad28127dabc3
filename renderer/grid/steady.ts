import { createElement, type FunctionComponent, memo } from 'react';

type Wholeness = { readonly isWhole: boolean };

/**
 * What a component tells is about the whole result: while only its first photos are there it stays as it
 * is, for the tenth of a second that the others take. Before the first whole result it is not there.
 */
export function steady<Props extends object>(
  Component: FunctionComponent<Props>,
): FunctionComponent<Props & Wholeness> {
  return memo(
    ({ isWhole, ...props }: Props & Wholeness) =>
      isWhole ? createElement(Component, props as unknown as Props) : null,
    (_before, next) => !next.isWhole,
  );
}
