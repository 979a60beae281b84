/** Published vectors, re-created as data: what others computed, against what we compute. */
import { describe, expect, test } from 'vitest';
import {
  consistencyFault,
  consistencyProof,
  EMPTY_ROOT,
  Frontier,
  inclusionFault,
  inclusionProof,
  leafHash,
  nodeHash,
  treeRoot,
} from './index.ts';
import argon from './argon2020.json' with { type: 'json' };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Buffer => Buffer.from(text, 'hex');

/** github.com/transparency-dev/merkle, rfc6962/rfc6962_test.go. */
describe('the hashes of RFC 6962', () => {
  test.each([
    ['no tree', EMPTY_ROOT, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [
      'an empty leaf',
      leafHash(Buffer.alloc(0)),
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    ],
    [
      'a leaf',
      leafHash(Buffer.from('L123456')),
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    ],
  ])('%s hashes as published', (_, hash, published) => {
    expect(hex(hash)).toBe(published);
  });
});

/**
 * The eight leaves of Certificate Transparency's reference tests, their roots and proofs: github.com/google/
 * certificate-transparency, merkletree tests; the same in github.com/transparency-dev/merkle, proof/verify_test.go.
 */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
/** [index, size, proof]. */
const inclusions: [number, number, string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
/** [first, second, proof]. */
const consistencies: [number, number, string[]][] = [
  [1, 1, []],
  [1, 8, inclusions[1]?.[2] ?? []],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
  [
    6,
    7,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
];

describe('the reference tree of Certificate Transparency', () => {
  const hashes = leaves.map((leaf) => leafHash(bytes(leaf)));
  const root = (size: number): Buffer => bytes(roots[size - 1] ?? '');
  const nodes = new Map<string, Uint8Array>();
  const frontier = new Frontier();
  const grown = hashes.map((leaf) => {
    frontier.append(leaf, (level, index, hash) => nodes.set(`${level}/${index}`, hash));
    return hex(frontier.root());
  });
  const read = (level: number, index: number): Uint8Array | undefined => nodes.get(`${level}/${index}`);

  test('has the published root at each size, grown or whole', () => {
    expect(grown).toEqual(roots);
    expect(hashes.map((_, at) => hex(treeRoot(hashes.slice(0, at + 1))))).toEqual(roots);
  });

  test.each(inclusions)('leaf %i in the tree of %i has the published proof', (index, size, published) => {
    const proof = inclusionProof(index, size, read);
    expect(proof.ok && proof.value.map(hex)).toEqual(published);
    const leaf = hashes[index] ?? Buffer.alloc(0);
    expect(inclusionFault(leaf, index, size, published.map(bytes), root(size))).toBeNull();
  });

  test.each(consistencies)('from %i to %i is the published proof', (first, second, published) => {
    const proof = consistencyProof(first, second, read);
    expect(proof.ok && proof.value.map(hex)).toEqual(published);
    expect(consistencyFault(first, second, published.map(bytes), root(first), root(second))).toBeNull();
  });
});

describe('a log of Certificate Transparency with 961,984,013 entries', () => {
  const base64 = (text: string): Buffer => Buffer.from(text, 'base64');
  const root = base64(argon.root);

  test('proves an entry of its own', () => {
    const leaf = leafHash(base64(argon.leafInput));
    expect(inclusionFault(leaf, argon.index, argon.size, argon.auditPath.map(base64), root)).toBeNull();
  });

  test('proves that it only grew', () => {
    const proof = argon.consistency.map(base64);
    const oldRoot = base64(argon.oldRoot);
    expect(consistencyFault(argon.oldSize, argon.size, proof, oldRoot, root)).toBeNull();
  });
});

test('a leaf made of two hashes is not their node: no entry can be passed off as a subtree', () => {
  const [one, other] = [leafHash(Buffer.from('Hello')), leafHash(Buffer.from('World'))];
  expect(leafHash(Buffer.concat([one, other])).equals(nodeHash(one, other))).toBe(false);
  expect(nodeHash(one, other).equals(nodeHash(other, one))).toBe(false);
});
