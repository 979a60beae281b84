/** What we use of the package `smpp` (SMPP 3.4), which has no types of its own. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';

  /** A text as the library decodes it; bytes where it knows no alphabet for it. */
  export interface ReadText {
    readonly message: string | Buffer;
    readonly udh?: readonly Buffer[];
  }

  /** A protocol data unit. Of its many fields those that we read. */
  export class PDU {
    constructor(command: string, options?: object);
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly message_id?: string;
    readonly esm_class?: number;
    readonly data_coding?: number;
    readonly source_addr?: string;
    readonly destination_addr?: string;
    readonly registered_delivery?: number;
    readonly validity_period?: string | Date;
    readonly short_message?: ReadText;
    readonly message_payload?: ReadText;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
    response(options?: object): PDU;
    isResponse(): boolean;
  }

  /** One connection, of either side. */
  export class Session extends EventEmitter {
    /** False where nothing can be written; otherwise the answer is told once, or never. */
    send(pdu: PDU, answered?: (answer: PDU) => void): boolean;
    close(): void;
    destroy(): void;
  }

  /** The other side, for tests. */
  export interface Server {
    listen(port: number, host: string, listening: () => void): void;
    address(): { readonly port: number };
    close(): void;
  }

  const smpp: {
    connect(options: {
      readonly host: string;
      readonly port: number;
      readonly tls: boolean;
      readonly servername?: string;
    }): Session;
    createServer(onSession: (session: Session) => void): Server;
    readonly PDU: typeof PDU;
    readonly encodings: { readonly ASCII: { encode(text: string): Buffer } };
    readonly errors: Readonly<Record<string, number>>;
  };
  export default smpp;
}
