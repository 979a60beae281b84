/**
 * From when on which scores mean what, for one matcher in one version: a row of policy, dated like every rule of registration
 * and evaluated at the day of the event. `matchAt` and above is a match, `reviewAt` and above is for somebody to look at;
 * `duplicateAt` is for templates of accounts that may be one person's.
 */
export interface FacePolicyRow {
  readonly from: string;
  readonly matcher: string;
  readonly version: string;
  readonly matchAt: number;
  readonly reviewAt: number;
  readonly duplicateAt: number;
}

/** What a score means under the policy of its day. `NO_POLICY`: no row knows this matcher, so somebody must look. */
export interface FaceVerdict {
  readonly verdict: 'MATCH' | 'REVIEW' | 'NO_MATCH' | 'NO_POLICY';
  readonly row: FacePolicyRow | null;
}

/** The row in force on a day (`YYYY-MM-DD`, Asia/Ho_Chi_Minh) for a matcher, or null. */
export function facePolicyOn(
  rows: readonly FacePolicyRow[],
  matcher: { readonly name: string; readonly version: string },
  day: string,
): FacePolicyRow | null {
  const known = rows.filter(
    (row) => row.matcher === matcher.name && row.version === matcher.version && row.from <= day,
  );
  return known.toSorted((one, other) => (one.from < other.from ? 1 : -1))[0] ?? null;
}

/** What a score means under a row of policy. */
export function judgeScore(score: number, row: FacePolicyRow | null): FaceVerdict {
  if (row === null) return { verdict: 'NO_POLICY', row };
  if (score >= row.matchAt) return { verdict: 'MATCH', row };
  return { verdict: score >= row.reviewAt ? 'REVIEW' : 'NO_MATCH', row };
}
