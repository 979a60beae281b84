-- CreateEnum
CREATE TYPE "confirmation_method" AS ENUM ('PASSCODE', 'PASSKEY');

-- CreateEnum
CREATE TYPE "challenge_purpose" AS ENUM ('ENROL', 'CONFIRM');

-- AlterTable
ALTER TABLE "relations" ADD COLUMN     "end_told_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "confirmation_id" TEXT,
ADD COLUMN     "confirmation_method" "confirmation_method",
ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "passkey_owners" (
    "subject" TEXT NOT NULL,
    "handle" TEXT NOT NULL,

    CONSTRAINT "passkey_owners_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "passkeys" (
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "name" TEXT NOT NULL,
    "backed_up" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkeys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkey_challenges" (
    "session_id" TEXT NOT NULL,
    "purpose" "challenge_purpose" NOT NULL,
    "challenge" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "passkey_challenges_pkey" PRIMARY KEY ("session_id","purpose")
);

-- CreateTable
CREATE TABLE "organisations" (
    "id" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "tax_code" TEXT NOT NULL,
    "sector" TEXT NOT NULL,
    "representative" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "organisations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "changes" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "keys" JSONB NOT NULL,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "passkey_owners_handle_key" ON "passkey_owners"("handle");

-- CreateIndex
CREATE UNIQUE INDEX "passkeys_credential_id_key" ON "passkeys"("credential_id");

-- CreateIndex
CREATE INDEX "passkeys_subject_idx" ON "passkeys"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "organisations_tax_code_key" ON "organisations"("tax_code");

-- CreateIndex
CREATE INDEX "organisations_representative_idx" ON "organisations"("representative");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_confirmation_id_key" ON "sessions"("confirmation_id");

-- AddForeignKey
ALTER TABLE "passkey_owners" ADD CONSTRAINT "passkey_owners_subject_fkey" FOREIGN KEY ("subject") REFERENCES "accounts"("subject") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_subject_fkey" FOREIGN KEY ("subject") REFERENCES "passkey_owners"("subject") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- A window that was opened before confirmations were remembered cannot tell by which one: it closes.
UPDATE "sessions" SET "passcode_until" = NULL WHERE "passcode_until" IS NOT NULL;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_confirmation_whole" CHECK (
  num_nulls("passcode_until", "confirmation_id", "confirmed_at", "confirmation_method") IN (0, 4));
