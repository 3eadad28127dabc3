import { Fragment } from 'react';
import { Name } from './Name.tsx';

/** A path that may break between its folders instead of in the middle of a name. Copied, it is the very same. */
export function PathName({ children }: { readonly children: string }) {
  return [...children.matchAll(/([^/\\]+)([/\\]*)|[/\\]+/g)].map((part) => {
    const [whole, name, separators] = part;
    return (
      <Fragment key={part.index}>
        {/* Separators stay outside: in a name from right to left they would stand before it. */}
        {name === undefined ? whole : <Name>{name}</Name>}
        {separators}
        <wbr />
      </Fragment>
    );
  });
}
