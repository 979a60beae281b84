import type { Texts } from '../texts.ts';

/** Reading the chip of the card. */
export const chip: Texts['registration']['chip'] = {
  intro: 'Your phone reads the chip by NFC, to know that the card is genuine and yours.',
  what: 'What is NFC?',
  whatBody: 'NFC carries data without wires over a few centimetres. The card needs no battery.',
  guide: [
    'Switch NFC on in the settings of your phone.',
    'The chip is the golden square on the identity card.',
    'Put the chip at the top centre of the back of the phone, near the camera.',
    'When you see that it reads, hold card and phone still until it is done.',
    'If nothing happens, move the card slowly from top to bottom along the phone.',
  ],
  understood: 'I have understood',
  start: 'Begin to read',
  connecting: 'Looking for the card',
  reading: (file) => `Reading ${file}. Hold card and phone still.`,
  proving: 'The card is proving that it is genuine',
  checking: 'Checking the signatures of the issuing authority',
  stop: 'Stop reading',
  retry: 'Read again',
  standsForPhone:
    'No browser can read the chip. Here a separate program stands for the phone and plays a synthetic card.',
  faults: {
    NFC_OFF: 'NFC is switched off. Switch it on in the settings and read again.',
    NFC_NOT_FOUND: 'No card was found. Move it slowly from top to bottom along the back of the phone.',
    NFC_LOST: 'The contact was lost. Put the card back and hold it still: what was read is kept.',
    READER_UNAVAILABLE: 'The reader program was not found. Start it and read again.',
  },
};

/** Taking the portrait. */
export const portrait: Texts['registration']['portrait'] = {
  intro: 'The picture taken now is compared with the one in the chip of your card.',
  guide: [
    'Look straight ahead, with the whole face in the frame.',
    'Find enough light, not from behind.',
    'Take off mask, sunglasses and hat.',
  ],
  start: 'Open the camera',
  take: 'Take the picture',
  again: 'Take another',
  use: 'Use this picture',
  file: 'Choose a picture from the device',
  picture: 'Picture of the front camera',
  taken: 'The picture taken',
  good: 'The picture is clear. You can take it.',
  checking: 'Comparing the picture',
  notBiometric: 'This version compares pictures by a simple computation, which is not biometric grade.',
  privacy: 'The picture is deleted with the decision; only the score is kept.',
  notAnImage: 'This file is no JPEG or PNG picture.',
  tooLarge: 'The picture is too large. Please choose a smaller one.',
  quality: {
    NO_FACE: 'No face can be seen yet. Come closer, or to the middle.',
    MORE_THAN_ONE_FACE: 'One person only, please.',
    FACE_TOO_SMALL: 'Come closer.',
    FACE_CUT_OFF: 'The face is cut off. Go back or to the middle.',
    FACE_OFF_CENTRE: 'Bring your face into the middle.',
    FACE_TILTED: 'Hold your head straight.',
    TOO_DARK: 'Too dark. Find more light.',
    TOO_BRIGHT: 'Too bright. Avoid direct light.',
    UNEVEN_LIGHT: 'The light comes from one side. Turn towards it.',
    LOW_CONTRAST: 'Too pale. Change your place or the light.',
    BLURRED: 'Blurred. Hold still.',
  },
};
