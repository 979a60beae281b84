-- CreateTable
CREATE TABLE "told_expiries" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "day" TEXT NOT NULL,

    CONSTRAINT "told_expiries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "identity_cards_expiry_date_idx" ON "identity_cards"("expiry_date");
