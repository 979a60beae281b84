-- CreateEnum
CREATE TYPE "party_state" AS ENUM ('SANDBOX', 'APPROVED', 'SUSPENDED', 'REFUSED');

-- CreateEnum
CREATE TYPE "share_state" AS ENUM ('WAITING', 'CLAIMED', 'APPROVED', 'GRANTED', 'DECLINED', 'EXPIRED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "consent_state" AS ENUM ('ACTIVE', 'PAUSED', 'STOPPED', 'REVOKED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "fetch" AS ENUM ('ONCE', 'STANDING');

-- CreateEnum
CREATE TYPE "confirmation_method" AS ENUM ('PASSCODE', 'PASSKEY');

-- CreateTable
CREATE TABLE "relying_parties" (
    "id" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "tax_code" TEXT NOT NULL,
    "sector" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "data_contact" TEXT NOT NULL,
    "redirect_uris" TEXT[],
    "jwks" JSONB,
    "jwks_uri" TEXT,
    "state" "party_state" NOT NULL,
    "reason" TEXT,
    "registered_by" TEXT NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "relying_parties_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party_purposes" (
    "party_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "claims" TEXT[],
    "retention_days" INTEGER NOT NULL,
    "standing" BOOLEAN NOT NULL,

    CONSTRAINT "party_purposes_pkey" PRIMARY KEY ("party_id","code")
);

-- CreateTable
CREATE TABLE "share_requests" (
    "handle" TEXT NOT NULL,
    "interaction" TEXT NOT NULL,
    "party_id" TEXT NOT NULL,
    "state" "share_state" NOT NULL,
    "ask" JSONB NOT NULL,
    "purpose" TEXT NOT NULL,
    "code_key" BYTEA NOT NULL,
    "code_from" TIMESTAMPTZ(3) NOT NULL,
    "claim_until" TIMESTAMPTZ(3) NOT NULL,
    "decide_until" TIMESTAMPTZ(3),
    "origin_hash" TEXT NOT NULL,
    "origin_network" TEXT NOT NULL,
    "origin_device" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_by" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "door" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision" JSONB,
    "confirmation" TEXT,
    "method" "confirmation_method",
    "number" TEXT,
    "wrong_numbers" SMALLINT NOT NULL DEFAULT 0,
    "return_hash" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "share_requests_pkey" PRIMARY KEY ("handle")
);

-- CreateTable
CREATE TABLE "consents" (
    "id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "party_id" TEXT NOT NULL,
    "grantor" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "relation_id" TEXT,
    "ward_agreed" BOOLEAN NOT NULL DEFAULT false,
    "state" "consent_state" NOT NULL,
    "stop_reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "stopped_from" "consent_state",
    "granted" JSONB NOT NULL,
    "purpose" TEXT NOT NULL,
    "retention_days" INTEGER NOT NULL,
    "fetch" "fetch" NOT NULL,
    "frequency" JSONB,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "method" "confirmation_method" NOT NULL,
    "text_hash" TEXT NOT NULL,
    "receipt" TEXT NOT NULL,
    "grant_id" TEXT,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shown_texts" (
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "shown_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shown_texts_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "consent_changes" (
    "id" BIGSERIAL NOT NULL,
    "consent_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" "consent_state" NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "consent_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artifacts" (
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "grant_id" TEXT,
    "uid" TEXT,
    "user_code" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "artifacts_pkey" PRIMARY KEY ("kind","id")
);

-- CreateTable
CREATE TABLE "change_cursors" (
    "root" TEXT NOT NULL,
    "cursor" TEXT NOT NULL,

    CONSTRAINT "change_cursors_pkey" PRIMARY KEY ("root")
);

-- CreateTable
CREATE TABLE "served" (
    "call_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "subjects" INTEGER NOT NULL,
    "claims" INTEGER NOT NULL,

    CONSTRAINT "served_pkey" PRIMARY KEY ("call_id")
);

-- CreateIndex
CREATE INDEX "relying_parties_organisation_id_idx" ON "relying_parties"("organisation_id");

-- CreateIndex
CREATE INDEX "relying_parties_state_registered_at_idx" ON "relying_parties"("state", "registered_at");

-- CreateIndex
CREATE UNIQUE INDEX "share_requests_interaction_key" ON "share_requests"("interaction");

-- CreateIndex
CREATE UNIQUE INDEX "share_requests_confirmation_key" ON "share_requests"("confirmation");

-- CreateIndex
CREATE INDEX "share_requests_claimed_by_claimed_at_idx" ON "share_requests"("claimed_by", "claimed_at");

-- CreateIndex
CREATE INDEX "share_requests_party_id_created_at_idx" ON "share_requests"("party_id", "created_at");

-- CreateIndex
CREATE INDEX "share_requests_state_created_at_idx" ON "share_requests"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "consents_handle_key" ON "consents"("handle");

-- CreateIndex
CREATE UNIQUE INDEX "consents_grant_id_key" ON "consents"("grant_id");

-- CreateIndex
CREATE INDEX "consents_grantor_granted_at_id_idx" ON "consents"("grantor", "granted_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "consents_subject_idx" ON "consents"("subject");

-- CreateIndex
CREATE INDEX "consents_relation_id_idx" ON "consents"("relation_id");

-- CreateIndex
CREATE INDEX "consents_party_id_idx" ON "consents"("party_id");

-- CreateIndex
CREATE INDEX "consents_state_ends_at_idx" ON "consents"("state", "ends_at");

-- CreateIndex
CREATE INDEX "consent_changes_consent_id_id_idx" ON "consent_changes"("consent_id", "id");

-- CreateIndex
CREATE INDEX "artifacts_grant_id_idx" ON "artifacts"("grant_id");

-- CreateIndex
CREATE INDEX "artifacts_kind_uid_idx" ON "artifacts"("kind", "uid");

-- CreateIndex
CREATE INDEX "artifacts_expires_at_idx" ON "artifacts"("expires_at");

-- CreateIndex
CREATE INDEX "served_at_idx" ON "served"("at");

-- AddForeignKey
ALTER TABLE "party_purposes" ADD CONSTRAINT "party_purposes_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "relying_parties"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_requests" ADD CONSTRAINT "share_requests_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "relying_parties"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "relying_parties"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_changes" ADD CONSTRAINT "consent_changes_consent_id_fkey" FOREIGN KEY ("consent_id") REFERENCES "consents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
