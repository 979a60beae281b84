import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChipTrust } from './chip-trust.ts';
import { sampleAuthority, sampleNow } from './synthetic/sample-state.ts';

const synthetic = (): ReturnType<ChipTrust['current']> => Promise.resolve(sampleAuthority.trust(sampleNow));

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'chip-trust-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

function pem(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
}

describe('what chips are held against', () => {
  it('is nobody, where nobody is named', async () => {
    const trust = new ChipTrust({ cscaFiles: [], syntheticTrust: null }, () => sampleNow);
    expect(await trust.current()).toBeNull();
  });

  it('is the files that are named, and no synthetic authority beside them', async () => {
    const file = join(await folder(), 'csca.pem');
    await writeFile(file, pem('CERTIFICATE', sampleAuthority.secondAuthority()));
    const settings = { cscaFiles: [file], syntheticTrust: synthetic as never };
    const store = await new ChipTrust(settings, () => sampleNow).current();
    expect(store?.authorities).toHaveLength(1);
    expect(store?.lists).toEqual([]);
  });

  it('takes up a new list within a minute of its file', async () => {
    const path = await folder();
    const [authorities, list] = [join(path, 'csca.pem'), join(path, 'crl.pem')];
    await writeFile(authorities, pem('CERTIFICATE', sampleAuthority.secondAuthority()));
    await writeFile(list, '');
    let now = sampleNow;
    const trust = new ChipTrust({ cscaFiles: [authorities, list], syntheticTrust: null }, () => now);
    expect((await trust.current())?.lists).toHaveLength(0);
    await writeFile(list, pem('X509 CRL', sampleAuthority.list(sampleNow)));
    expect((await trust.current())?.lists).toHaveLength(0);
    now = new Date(sampleNow.getTime() + 60_000);
    expect((await trust.current())?.lists).toHaveLength(1);
  });

  it('says that a file is missing or holds nobody, each time it is asked', async () => {
    const file = join(await folder(), 'empty.pem');
    await writeFile(file, 'nothing');
    for (const cscaFiles of [[file], [`${file}.gone`]]) {
      const trust = new ChipTrust({ cscaFiles, syntheticTrust: null }, () => sampleNow);
      const refusal = expect.objectContaining({
        code: 'BAD_USER_INPUT',
        detail: expect.objectContaining({ field: 'cscaFiles' }),
      });
      await expect(trust.current()).rejects.toEqual(refusal);
      await expect(trust.current()).rejects.toEqual(refusal);
    }
  });
});
