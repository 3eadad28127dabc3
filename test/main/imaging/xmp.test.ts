import { describe, expect, it } from 'vitest';
import { NO_XMP, readXmp } from '../../../main/imaging/xmp.ts';

const packet = (inside: string): Buffer =>
  Buffer.from(
    `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>${inside}</rdf:RDF></x:xmpmeta>`,
  );

describe('XMP', () => {
  it('reads dates and orientation from attributes and elements', () => {
    expect(
      readXmp(
        packet(
          '<rdf:Description tiff:Orientation="6" xmp:CreateDate="2005-12-17T22:03:32Z"><photoshop:DateCreated>2003-08-31</photoshop:DateCreated></rdf:Description>',
        ),
      ),
    ).toEqual({ dates: ['2003-08-31', '2005-12-17T22:03:32Z'], orientation: 6 });
  });

  it('leaves impossible orientations out', () => {
    const facts = readXmp(packet('<rdf:Description tiff:Orientation="99"/>'));
    expect(facts.orientation).toBeNull();
  });

  it('does not fall for entities, what is no XML, or size', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "lol">]><x photoshop:DateCreated="2003-08-31">&a;</x>`;
    expect(readXmp(Buffer.from(bomb))).toEqual(NO_XMP);
    expect(readXmp(Buffer.from('<x:xmpmeta <<< photoshop:DateCreated \xff'))).toEqual(NO_XMP);
    const large = packet(
      `<a>${' '.repeat(300_000)}</a><photoshop:DateCreated>2003</photoshop:DateCreated>`,
    );
    expect(readXmp(large)).toEqual(NO_XMP);
    expect(readXmp(Buffer.alloc(0))).toEqual(NO_XMP);
  });

  it('stops at a depth that no program writes', () => {
    const deep = `${'<a>'.repeat(5000)}<photoshop:DateCreated>2003</photoshop:DateCreated>${'</a>'.repeat(5000)}`;
    expect(readXmp(packet(deep)).dates).toEqual([]);
  });
});
