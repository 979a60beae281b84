-- CreateTable
CREATE TABLE "citizens" (
    "id" INTEGER NOT NULL,
    "personal_number" TEXT NOT NULL,
    "previous_numbers" TEXT[],
    "old_id_number" TEXT,
    "full_name" TEXT NOT NULL,
    "other_name" TEXT,
    "date_of_birth" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "nationality" TEXT[],
    "ethnicity" TEXT NOT NULL,
    "religion" TEXT NOT NULL,
    "blood_group" TEXT,
    "absent_from" TEXT,
    "absent_to" TEXT,
    "absence_destination" TEXT,
    "absence_reason" TEXT,
    "residence_file_number" TEXT,
    "marital_status" TEXT NOT NULL,
    "relation_to_head" TEXT,
    "death_date" TEXT,
    "missing_date" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "occupation" TEXT,
    "status" TEXT NOT NULL,
    "eid_status" TEXT NOT NULL,
    "eid_lock_reason" TEXT,
    "eid_locked_at" TIMESTAMPTZ(3),
    "eid_level" INTEGER,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "citizens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "addresses" (
    "citizen_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "province_code" TEXT,
    "province_name" TEXT,
    "commune_code" TEXT,
    "commune_name" TEXT,
    "detail" TEXT,
    "legacy_text" TEXT,
    "as_of" TEXT,
    "tier" TEXT NOT NULL,
    "valid_to" TEXT,

    CONSTRAINT "addresses_pkey" PRIMARY KEY ("citizen_id","kind")
);

-- CreateTable
CREATE TABLE "related_persons" (
    "citizen_id" INTEGER NOT NULL,
    "part" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "relation" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "personal_number" TEXT,

    CONSTRAINT "related_persons_pkey" PRIMARY KEY ("citizen_id","part","position")
);

-- CreateTable
CREATE TABLE "household_members" (
    "citizen_id" INTEGER NOT NULL,
    "part" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "relation_to_head" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "personal_number" TEXT,

    CONSTRAINT "household_members_pkey" PRIMARY KEY ("citizen_id","part","position")
);

-- CreateTable
CREATE TABLE "identity_cards" (
    "ref" TEXT NOT NULL,
    "citizen_id" INTEGER NOT NULL,
    "personal_number" TEXT NOT NULL,
    "document_type" TEXT NOT NULL,
    "card_number" TEXT NOT NULL,
    "issue_date" TEXT NOT NULL,
    "expiry_date" TEXT,
    "issue_place" TEXT NOT NULL,
    "card_status" TEXT NOT NULL,
    "identifying_features" TEXT,
    "fingerprint_enrolled" BOOLEAN NOT NULL,
    "iris_enrolled" BOOLEAN NOT NULL,
    "passive_authentication" TEXT,
    "chip_authentication" TEXT,
    "face_match" TEXT,
    "chip_checked_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "identity_cards_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "portraits" (
    "card_ref" TEXT NOT NULL,
    "svg" TEXT NOT NULL,

    CONSTRAINT "portraits_pkey" PRIMARY KEY ("card_ref")
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
CREATE UNIQUE INDEX "citizens_personal_number_key" ON "citizens"("personal_number");

-- CreateIndex
-- Without a list of pending entries, which every look-up would have to read through after a load.
CREATE INDEX "citizens_previous_numbers_idx" ON "citizens" USING GIN ("previous_numbers") WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "related_persons_personal_number_idx" ON "related_persons"("personal_number");

-- CreateIndex
CREATE INDEX "household_members_personal_number_idx" ON "household_members"("personal_number");

-- CreateIndex
CREATE INDEX "identity_cards_citizen_id_idx" ON "identity_cards"("citizen_id");

-- CreateIndex
CREATE INDEX "served_at_idx" ON "served"("at");

