-- CreateEnum
CREATE TYPE "link_evidence" AS ENUM ('DATABASE_MATCH', 'ORIGINAL_SEEN');

-- AlterTable
ALTER TABLE "linked_documents" ADD COLUMN     "evidence" "link_evidence";

-- What stands linked was found by its registry: nothing else has linked anything so far.
UPDATE "linked_documents" SET "evidence" = 'DATABASE_MATCH' WHERE "status" = 'LINKED';

-- No paper stands linked on nobody's word.
ALTER TABLE "linked_documents" ADD CONSTRAINT "linked_documents_evidence_check"
  CHECK ("status" <> 'LINKED' OR "evidence" IS NOT NULL);

-- AlterTable
ALTER TABLE "review_items" ADD COLUMN     "settled_by" TEXT;
