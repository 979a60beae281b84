import { describe, expect, it } from 'vitest';
import { readMessageSettings } from './config.ts';

const smpp = {
  ACCOUNTS_SMS: 'smpp',
  ACCOUNTS_SMPP_URL: 'smpps://centre.example',
  ACCOUNTS_SMPP_SYSTEM_ID: 'dinhdanh',
  ACCOUNTS_SMPP_PASSWORD: 'secret',
};
const smtp = {
  ACCOUNTS_EMAIL: 'smtp',
  ACCOUNTS_SMTP_URL: 'smtp://[::1]:2525',
  ACCOUNTS_EMAIL_FROM: 'thong-bao@dinhdanh.example',
};

describe('the settings of messages', () => {
  it('send nothing anywhere unless told to', () => {
    expect(readMessageSettings({ ACCOUNTS_SMS: '' })).toMatchObject({
      settings: { sms: 'development', email: 'development', messagePollSeconds: 5 },
      wrong: [],
    });
  });

  it('say where a message centre and a mail server are, with the ports these have', () => {
    const { settings, wrong } = readMessageSettings({ ...smpp, ...smtp, ACCOUNTS_SMS_MARKS: 'drop' });
    expect(wrong).toEqual([]);
    expect(settings.sms).toMatchObject({
      host: 'centre.example',
      port: 3550,
      tls: true,
      plain: true,
      long: 'udh',
    });
    expect(settings.email).toMatchObject({ port: 2525, tls: false, user: null });
  });

  it('are complained of all together, by name and never by value', () => {
    const { wrong } = readMessageSettings({
      ...{
        ACCOUNTS_SMS: 'smpp',
        ACCOUNTS_SMPP_URL: 'smpp://me:secret@centre.example',
        ACCOUNTS_EMAIL: 'post',
      },
      ...{ ACCOUNTS_SMPP_PASSWORD: 'much-too-long', ACCOUNTS_SMPP_SENDER: 'Định danh điện tử' },
      ...{ ACCOUNTS_SMPP_LONG: 'cut', ACCOUNTS_SMS_MARKS: 'some', ACCOUNTS_MESSAGE_POLL_SECONDS: '-1' },
    });
    expect(wrong).toEqual([
      ...[
        'ACCOUNTS_MESSAGE_POLL_SECONDS',
        'ACCOUNTS_SMPP_URL',
        'ACCOUNTS_SMPP_SYSTEM_ID',
        'ACCOUNTS_SMPP_PASSWORD',
      ],
      ...['ACCOUNTS_SMPP_SENDER', 'ACCOUNTS_SMPP_LONG', 'ACCOUNTS_SMS_MARKS', 'ACCOUNTS_EMAIL'],
    ]);
    expect(readMessageSettings({ ...smtp, ACCOUNTS_SMTP_URL: 'https://mail.example' }).wrong).toEqual([
      'ACCOUNTS_SMTP_URL',
    ]);
    expect(readMessageSettings({ ...smtp, ACCOUNTS_EMAIL_FROM: 'dinhdanh' }).wrong).toEqual([
      'ACCOUNTS_EMAIL_FROM',
    ]);
  });
});
