-- CreateTable
CREATE TABLE "travellers" (
    "id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "personal_number" TEXT,
    "old_id_number" TEXT,
    "passport_number" TEXT,
    "holder_name" TEXT NOT NULL,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "nationality" TEXT[],
    "temporary_stay_until" TEXT,
    "entry_banned" BOOLEAN NOT NULL,
    "exit_suspended" BOOLEAN NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "travellers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passports" (
    "ref" TEXT NOT NULL,
    "personal_number" TEXT,
    "old_id_number" TEXT,
    "passport_number" TEXT NOT NULL,
    "holder_name" TEXT NOT NULL,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "issue_date" TEXT NOT NULL,
    "expiry_date" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "place_of_issue" TEXT NOT NULL,
    "chip" BOOLEAN NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "passports_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "visas" (
    "id" SERIAL NOT NULL,
    "personal_number" TEXT,
    "old_id_number" TEXT,
    "passport_number" TEXT,
    "holder_name" TEXT NOT NULL,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "entries" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT NOT NULL,
    "sponsor" TEXT,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "visas_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "residence_cards" (
    "ref" TEXT NOT NULL,
    "personal_number" TEXT,
    "old_id_number" TEXT,
    "passport_number" TEXT,
    "holder_name" TEXT NOT NULL,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "symbol" TEXT,
    "number" TEXT NOT NULL,
    "issue_date" TEXT NOT NULL,
    "expiry_date" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "residence_cards_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "crossings" (
    "traveller_id" INTEGER NOT NULL,
    "direction" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "gate" TEXT NOT NULL,

    CONSTRAINT "crossings_pkey" PRIMARY KEY ("traveller_id","direction","date","position")
);

-- CreateTable
CREATE TABLE "changes" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "keys" JSONB NOT NULL,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "travellers_personal_number_idx" ON "travellers"("personal_number");

-- CreateIndex
CREATE INDEX "travellers_old_id_number_idx" ON "travellers"("old_id_number");

-- CreateIndex
CREATE INDEX "travellers_passport_number_idx" ON "travellers"("passport_number");

-- CreateIndex
CREATE INDEX "passports_personal_number_idx" ON "passports"("personal_number");

-- CreateIndex
CREATE INDEX "passports_old_id_number_idx" ON "passports"("old_id_number");

-- CreateIndex
CREATE INDEX "passports_passport_number_idx" ON "passports"("passport_number");

-- CreateIndex
CREATE INDEX "visas_personal_number_idx" ON "visas"("personal_number");

-- CreateIndex
CREATE INDEX "visas_old_id_number_idx" ON "visas"("old_id_number");

-- CreateIndex
CREATE INDEX "visas_passport_number_idx" ON "visas"("passport_number");

-- CreateIndex
CREATE INDEX "residence_cards_personal_number_idx" ON "residence_cards"("personal_number");

-- CreateIndex
CREATE INDEX "residence_cards_old_id_number_idx" ON "residence_cards"("old_id_number");

-- CreateIndex
CREATE INDEX "residence_cards_passport_number_idx" ON "residence_cards"("passport_number");

-- CreateIndex
CREATE INDEX "served_at_idx" ON "served"("at");

