-- CreateEnum
CREATE TYPE "lock_request_state" AS ENUM ('RECEIVED', 'FORWARDED', 'CARRIED_OUT', 'REFUSED', 'ENDED');

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "lock_causes" "lock_reason"[] DEFAULT ARRAY[]::"lock_reason"[];

-- CreateTable
CREATE TABLE "lock_requests" (
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "reason" "lock_reason" NOT NULL,
    "authority" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "state" "lock_request_state" NOT NULL DEFAULT 'RECEIVED',
    "requested_by" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "forward_by" TIMESTAMPTZ(3) NOT NULL,
    "forwarded_by" TEXT,
    "forwarded_at" TIMESTAMPTZ(3),
    "decide_by" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "refusal" TEXT,
    "carried_out_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "late_told_at" TIMESTAMPTZ(3),

    CONSTRAINT "lock_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "lock_requests_state_forward_by_idx" ON "lock_requests"("state", "forward_by");

-- CreateIndex
CREATE INDEX "lock_requests_state_decide_by_idx" ON "lock_requests"("state", "decide_by");

-- CreateIndex
CREATE UNIQUE INDEX "lock_requests_subject_authority_document_key" ON "lock_requests"("subject", "authority", "document");
