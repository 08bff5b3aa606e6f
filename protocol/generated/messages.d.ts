import * as $protobuf from "protobufjs";

/** Namespace tillgate. */
export namespace tillgate {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of an Envelope.
         * @deprecated Use tillgate.v1.Envelope.$Properties instead.
         */
        interface IEnvelope extends tillgate.v1.Envelope.$Properties {
        }

        /** Represents an Envelope. */
        class Envelope {

            /**
             * Constructs a new Envelope.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Envelope.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Envelope body. */
            body: Uint8Array;

            /** Envelope auth. */
            auth?: (tillgate.v1.Auth.$Properties|null);

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link tillgate.v1.Envelope.verify|verify} messages.
             * @param message Envelope message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Envelope & tillgate.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Envelope & tillgate.v1.Envelope.$Shape;
        }

        namespace Envelope {

            /** Properties of an Envelope. */
            interface $Properties {

                /** Envelope body */
                body?: (Uint8Array|null);

                /** Envelope auth */
                auth?: (tillgate.v1.Auth.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Envelope. */
            type $Shape = {
              body?: Uint8Array|null;
              auth?: tillgate.v1.Auth.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of an Auth.
         * @deprecated Use tillgate.v1.Auth.$Properties instead.
         */
        interface IAuth extends tillgate.v1.Auth.$Properties {
        }

        /** Represents an Auth. */
        class Auth {

            /**
             * Constructs a new Auth.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Auth.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Auth signature. */
            signature?: (tillgate.v1.Signature.$Properties|null);

            /** Auth mac. */
            mac?: (tillgate.v1.Mac.$Properties|null);

            /** Auth kind. */
            kind?: ("signature"|"mac");

            /**
             * Encodes the specified Auth message. Does not implicitly {@link tillgate.v1.Auth.verify|verify} messages.
             * @param message Auth message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Auth.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Auth message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Auth & tillgate.v1.Auth.$Shape} Auth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Auth & tillgate.v1.Auth.$Shape;
        }

        namespace Auth {

            /** Properties of an Auth. */
            interface $Properties {

                /** Auth signature */
                signature?: (tillgate.v1.Signature.$Properties|null);

                /** Auth mac */
                mac?: (tillgate.v1.Mac.$Properties|null);

                /** Auth kind */
                kind?: ("signature"|"mac");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an Auth. */
            type $Shape = {
              signature?: tillgate.v1.Signature.$Shape|null;
              mac?: tillgate.v1.Mac.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; signature?: null; mac?: null }|{ kind?: "signature"; signature: tillgate.v1.Signature.$Shape; mac?: null }|{ kind?: "mac"; signature?: null; mac: tillgate.v1.Mac.$Shape })
            );
        }

        /**
         * Properties of a Signature.
         * @deprecated Use tillgate.v1.Signature.$Properties instead.
         */
        interface ISignature extends tillgate.v1.Signature.$Properties {
        }

        /** Represents a Signature. */
        class Signature {

            /**
             * Constructs a new Signature.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Signature.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Signature alg. */
            alg: number;

            /** Signature kid. */
            kid: Uint8Array;

            /** Signature treeSize. */
            treeSize: number;

            /** Signature index. */
            index: number;

            /** Signature path. */
            path: Uint8Array;

            /** Signature signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified Signature message. Does not implicitly {@link tillgate.v1.Signature.verify|verify} messages.
             * @param message Signature message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Signature.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Signature message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Signature & tillgate.v1.Signature.$Shape} Signature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Signature & tillgate.v1.Signature.$Shape;
        }

        namespace Signature {

            /** Properties of a Signature. */
            interface $Properties {

                /** Signature alg */
                alg?: (number|null);

                /** Signature kid */
                kid?: (Uint8Array|null);

                /** Signature treeSize */
                treeSize?: (number|null);

                /** Signature index */
                index?: (number|null);

                /** Signature path */
                path?: (Uint8Array|null);

                /** Signature signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Signature. */
            type $Shape = tillgate.v1.Signature.$Properties;
        }

        /**
         * Properties of a Mac.
         * @deprecated Use tillgate.v1.Mac.$Properties instead.
         */
        interface IMac extends tillgate.v1.Mac.$Properties {
        }

        /** Represents a Mac. */
        class Mac {

            /**
             * Constructs a new Mac.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Mac.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Mac sessionId. */
            sessionId: Uint8Array;

            /** Mac counter. */
            counter: number;

            /** Mac tag. */
            tag: Uint8Array;

            /**
             * Encodes the specified Mac message. Does not implicitly {@link tillgate.v1.Mac.verify|verify} messages.
             * @param message Mac message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Mac.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Mac message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Mac & tillgate.v1.Mac.$Shape} Mac
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Mac & tillgate.v1.Mac.$Shape;
        }

        namespace Mac {

            /** Properties of a Mac. */
            interface $Properties {

                /** Mac sessionId */
                sessionId?: (Uint8Array|null);

                /** Mac counter */
                counter?: (number|null);

                /** Mac tag */
                tag?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Mac. */
            type $Shape = tillgate.v1.Mac.$Properties;
        }

        /** Algorithm enum. */
        enum Algorithm {

            /** ALGORITHM_UNSPECIFIED value */
            ALGORITHM_UNSPECIFIED = 0,

            /** ES256 value */
            ES256 = 1,

            /** ED25519 value */
            ED25519 = 2,

            /** PS256 value */
            PS256 = 3
        }

        /**
         * Properties of a Downlink.
         * @deprecated Use tillgate.v1.Downlink.$Properties instead.
         */
        interface IDownlink extends tillgate.v1.Downlink.$Properties {
        }

        /** Represents a Downlink. */
        class Downlink {

            /**
             * Constructs a new Downlink.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Downlink.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Downlink version. */
            version: number;

            /** Downlink sn. */
            sn: string;

            /** Downlink messageId. */
            messageId: Uint8Array;

            /** Downlink welcome. */
            welcome?: (tillgate.v1.Welcome.$Properties|null);

            /** Downlink command. */
            command?: (tillgate.v1.Command.$Properties|null);

            /** Downlink proceed. */
            proceed?: (tillgate.v1.Proceed.$Properties|null);

            /** Downlink abort. */
            abort?: (tillgate.v1.Abort.$Properties|null);

            /** Downlink query. */
            query?: (tillgate.v1.Query.$Properties|null);

            /** Downlink helloRequest. */
            helloRequest?: (tillgate.v1.HelloRequest.$Properties|null);

            /** Downlink receipt. */
            receipt?: (tillgate.v1.Receipt.$Properties|null);

            /** Downlink signerList. */
            signerList?: (tillgate.v1.SignerList.$Properties|null);

            /** Downlink renewCertificate. */
            renewCertificate?: (tillgate.v1.RenewCertificate.$Properties|null);

            /** Downlink message. */
            message?: ("welcome"|"command"|"proceed"|"abort"|"query"|"helloRequest"|"receipt"|"signerList"|"renewCertificate");

            /**
             * Encodes the specified Downlink message. Does not implicitly {@link tillgate.v1.Downlink.verify|verify} messages.
             * @param message Downlink message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Downlink.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Downlink message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Downlink & tillgate.v1.Downlink.$Shape} Downlink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Downlink & tillgate.v1.Downlink.$Shape;
        }

        namespace Downlink {

            /** Properties of a Downlink. */
            interface $Properties {

                /** Downlink version */
                version?: (number|null);

                /** Downlink sn */
                sn?: (string|null);

                /** Downlink messageId */
                messageId?: (Uint8Array|null);

                /** Downlink welcome */
                welcome?: (tillgate.v1.Welcome.$Properties|null);

                /** Downlink command */
                command?: (tillgate.v1.Command.$Properties|null);

                /** Downlink proceed */
                proceed?: (tillgate.v1.Proceed.$Properties|null);

                /** Downlink abort */
                abort?: (tillgate.v1.Abort.$Properties|null);

                /** Downlink query */
                query?: (tillgate.v1.Query.$Properties|null);

                /** Downlink helloRequest */
                helloRequest?: (tillgate.v1.HelloRequest.$Properties|null);

                /** Downlink receipt */
                receipt?: (tillgate.v1.Receipt.$Properties|null);

                /** Downlink signerList */
                signerList?: (tillgate.v1.SignerList.$Properties|null);

                /** Downlink renewCertificate */
                renewCertificate?: (tillgate.v1.RenewCertificate.$Properties|null);

                /** Downlink message */
                message?: ("welcome"|"command"|"proceed"|"abort"|"query"|"helloRequest"|"receipt"|"signerList"|"renewCertificate");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Downlink. */
            type $Shape = {
              version?: number|null;
              sn?: string|null;
              messageId?: Uint8Array|null;
              welcome?: tillgate.v1.Welcome.$Shape|null;
              command?: tillgate.v1.Command.$Shape|null;
              proceed?: tillgate.v1.Proceed.$Shape|null;
              abort?: tillgate.v1.Abort.$Shape|null;
              query?: tillgate.v1.Query.$Shape|null;
              helloRequest?: tillgate.v1.HelloRequest.$Shape|null;
              receipt?: tillgate.v1.Receipt.$Shape|null;
              signerList?: tillgate.v1.SignerList.$Shape|null;
              renewCertificate?: tillgate.v1.RenewCertificate.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "welcome"; welcome: tillgate.v1.Welcome.$Shape; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "command"; welcome?: null; command: tillgate.v1.Command.$Shape; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "proceed"; welcome?: null; command?: null; proceed: tillgate.v1.Proceed.$Shape; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "abort"; welcome?: null; command?: null; proceed?: null; abort: tillgate.v1.Abort.$Shape; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "query"; welcome?: null; command?: null; proceed?: null; abort?: null; query: tillgate.v1.Query.$Shape; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "helloRequest"; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest: tillgate.v1.HelloRequest.$Shape; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "receipt"; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt: tillgate.v1.Receipt.$Shape; signerList?: null; renewCertificate?: null }|{ message?: "signerList"; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList: tillgate.v1.SignerList.$Shape; renewCertificate?: null }|{ message?: "renewCertificate"; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate: tillgate.v1.RenewCertificate.$Shape })
            );
        }

        /**
         * Properties of a Welcome.
         * @deprecated Use tillgate.v1.Welcome.$Properties instead.
         */
        interface IWelcome extends tillgate.v1.Welcome.$Properties {
        }

        /** Represents a Welcome. */
        class Welcome {

            /**
             * Constructs a new Welcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Welcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Welcome sessionNonce. */
            sessionNonce: Uint8Array;

            /** Welcome helloHash. */
            helloHash: Uint8Array;

            /** Welcome sessionId. */
            sessionId: Uint8Array;

            /** Welcome timeMs. */
            timeMs: number;

            /** Welcome keyShare. */
            keyShare: Uint8Array;

            /** Welcome signerListVersion. */
            signerListVersion: number;

            /** Welcome heartbeatS. */
            heartbeatS: number;

            /** Welcome lastUplinkSeq. */
            lastUplinkSeq: number;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link tillgate.v1.Welcome.verify|verify} messages.
             * @param message Welcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Welcome & tillgate.v1.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Welcome & tillgate.v1.Welcome.$Shape;
        }

        namespace Welcome {

            /** Properties of a Welcome. */
            interface $Properties {

                /** Welcome sessionNonce */
                sessionNonce?: (Uint8Array|null);

                /** Welcome helloHash */
                helloHash?: (Uint8Array|null);

                /** Welcome sessionId */
                sessionId?: (Uint8Array|null);

                /** Welcome timeMs */
                timeMs?: (number|null);

                /** Welcome keyShare */
                keyShare?: (Uint8Array|null);

                /** Welcome signerListVersion */
                signerListVersion?: (number|null);

                /** Welcome heartbeatS */
                heartbeatS?: (number|null);

                /** Welcome lastUplinkSeq */
                lastUplinkSeq?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Welcome. */
            type $Shape = tillgate.v1.Welcome.$Properties;
        }

        /** CommandType enum. */
        enum CommandType {

            /** COMMAND_TYPE_UNSPECIFIED value */
            COMMAND_TYPE_UNSPECIFIED = 0,

            /** SELF_TEST value */
            SELF_TEST = 1,

            /** BIND value */
            BIND = 2,

            /** LOCK value */
            LOCK = 3,

            /** UNLOCK value */
            UNLOCK = 4,

            /** UNBIND value */
            UNBIND = 64
        }

        /**
         * Properties of a Command.
         * @deprecated Use tillgate.v1.Command.$Properties instead.
         */
        interface ICommand extends tillgate.v1.Command.$Properties {
        }

        /** Represents a Command. */
        class Command {

            /**
             * Constructs a new Command.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Command.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Command commandId. */
            commandId: Uint8Array;

            /** Command type. */
            type: number;

            /** Command assetEpoch. */
            assetEpoch: number;

            /** Command bindingEpoch. */
            bindingEpoch: number;

            /** Command seq. */
            seq: number;

            /** Command issuedAtMs. */
            issuedAtMs: number;

            /** Command notAfterMs. */
            notAfterMs: number;

            /** Command sessionNonce. */
            sessionNonce: Uint8Array;

            /** Command approvalHash. */
            approvalHash: Uint8Array;

            /** Command payload. */
            payload: Uint8Array;

            /**
             * Encodes the specified Command message. Does not implicitly {@link tillgate.v1.Command.verify|verify} messages.
             * @param message Command message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Command.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Command message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Command & tillgate.v1.Command.$Shape} Command
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Command & tillgate.v1.Command.$Shape;
        }

        namespace Command {

            /** Properties of a Command. */
            interface $Properties {

                /** Command commandId */
                commandId?: (Uint8Array|null);

                /** Command type */
                type?: (number|null);

                /** Command assetEpoch */
                assetEpoch?: (number|null);

                /** Command bindingEpoch */
                bindingEpoch?: (number|null);

                /** Command seq */
                seq?: (number|null);

                /** Command issuedAtMs */
                issuedAtMs?: (number|null);

                /** Command notAfterMs */
                notAfterMs?: (number|null);

                /** Command sessionNonce */
                sessionNonce?: (Uint8Array|null);

                /** Command approvalHash */
                approvalHash?: (Uint8Array|null);

                /** Command payload */
                payload?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Command. */
            type $Shape = tillgate.v1.Command.$Properties;
        }

        /**
         * Properties of a SelfTest.
         * @deprecated Use tillgate.v1.SelfTest.$Properties instead.
         */
        interface ISelfTest extends tillgate.v1.SelfTest.$Properties {
        }

        /** Represents a SelfTest. */
        class SelfTest {

            /**
             * Constructs a new SelfTest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.SelfTest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified SelfTest message. Does not implicitly {@link tillgate.v1.SelfTest.verify|verify} messages.
             * @param message SelfTest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.SelfTest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SelfTest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.SelfTest & tillgate.v1.SelfTest.$Shape} SelfTest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.SelfTest & tillgate.v1.SelfTest.$Shape;
        }

        namespace SelfTest {

            /** Properties of a SelfTest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SelfTest. */
            type $Shape = tillgate.v1.SelfTest.$Properties;
        }

        /**
         * Properties of a Bind.
         * @deprecated Use tillgate.v1.Bind.$Properties instead.
         */
        interface IBind extends tillgate.v1.Bind.$Properties {
        }

        /** Represents a Bind. */
        class Bind {

            /**
             * Constructs a new Bind.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Bind.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Bind acquirerCode. */
            acquirerCode: string;

            /** Bind mid. */
            mid: string;

            /** Bind tid. */
            tid: string;

            /** Bind merchantName. */
            merchantName: string;

            /** Bind storeId. */
            storeId: string;

            /** Bind keepKeys. */
            keepKeys: boolean;

            /**
             * Encodes the specified Bind message. Does not implicitly {@link tillgate.v1.Bind.verify|verify} messages.
             * @param message Bind message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Bind.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Bind message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Bind & tillgate.v1.Bind.$Shape} Bind
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Bind & tillgate.v1.Bind.$Shape;
        }

        namespace Bind {

            /** Properties of a Bind. */
            interface $Properties {

                /** Bind acquirerCode */
                acquirerCode?: (string|null);

                /** Bind mid */
                mid?: (string|null);

                /** Bind tid */
                tid?: (string|null);

                /** Bind merchantName */
                merchantName?: (string|null);

                /** Bind storeId */
                storeId?: (string|null);

                /** Bind keepKeys */
                keepKeys?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Bind. */
            type $Shape = tillgate.v1.Bind.$Properties;
        }

        /**
         * Properties of an Unbind.
         * @deprecated Use tillgate.v1.Unbind.$Properties instead.
         */
        interface IUnbind extends tillgate.v1.Unbind.$Properties {
        }

        /** Represents an Unbind. */
        class Unbind {

            /**
             * Constructs a new Unbind.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Unbind.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Unbind reason. */
            reason: string;

            /** Unbind mid. */
            mid: string;

            /** Unbind tid. */
            tid: string;

            /** Unbind settleTimeoutS. */
            settleTimeoutS: number;

            /** Unbind withoutSettlement. */
            withoutSettlement: boolean;

            /**
             * Encodes the specified Unbind message. Does not implicitly {@link tillgate.v1.Unbind.verify|verify} messages.
             * @param message Unbind message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Unbind.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Unbind message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Unbind & tillgate.v1.Unbind.$Shape} Unbind
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Unbind & tillgate.v1.Unbind.$Shape;
        }

        namespace Unbind {

            /** Properties of an Unbind. */
            interface $Properties {

                /** Unbind reason */
                reason?: (string|null);

                /** Unbind mid */
                mid?: (string|null);

                /** Unbind tid */
                tid?: (string|null);

                /** Unbind settleTimeoutS */
                settleTimeoutS?: (number|null);

                /** Unbind withoutSettlement */
                withoutSettlement?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Unbind. */
            type $Shape = tillgate.v1.Unbind.$Properties;
        }

        /**
         * Properties of a Lock.
         * @deprecated Use tillgate.v1.Lock.$Properties instead.
         */
        interface ILock extends tillgate.v1.Lock.$Properties {
        }

        /** Represents a Lock. */
        class Lock {

            /**
             * Constructs a new Lock.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Lock.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Lock reason. */
            reason: string;

            /**
             * Encodes the specified Lock message. Does not implicitly {@link tillgate.v1.Lock.verify|verify} messages.
             * @param message Lock message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Lock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Lock message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Lock & tillgate.v1.Lock.$Shape} Lock
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Lock & tillgate.v1.Lock.$Shape;
        }

        namespace Lock {

            /** Properties of a Lock. */
            interface $Properties {

                /** Lock reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Lock. */
            type $Shape = tillgate.v1.Lock.$Properties;
        }

        /**
         * Properties of an Unlock.
         * @deprecated Use tillgate.v1.Unlock.$Properties instead.
         */
        interface IUnlock extends tillgate.v1.Unlock.$Properties {
        }

        /** Represents an Unlock. */
        class Unlock {

            /**
             * Constructs a new Unlock.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Unlock.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Unlock message. Does not implicitly {@link tillgate.v1.Unlock.verify|verify} messages.
             * @param message Unlock message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Unlock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Unlock message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Unlock & tillgate.v1.Unlock.$Shape} Unlock
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Unlock & tillgate.v1.Unlock.$Shape;
        }

        namespace Unlock {

            /** Properties of an Unlock. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Unlock. */
            type $Shape = tillgate.v1.Unlock.$Properties;
        }

        /**
         * Properties of a Proceed.
         * @deprecated Use tillgate.v1.Proceed.$Properties instead.
         */
        interface IProceed extends tillgate.v1.Proceed.$Properties {
        }

        /** Represents a Proceed. */
        class Proceed {

            /**
             * Constructs a new Proceed.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Proceed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Proceed commandId. */
            commandId: Uint8Array;

            /** Proceed seq. */
            seq: number;

            /** Proceed readyNonce. */
            readyNonce: Uint8Array;

            /** Proceed commandHash. */
            commandHash: Uint8Array;

            /**
             * Encodes the specified Proceed message. Does not implicitly {@link tillgate.v1.Proceed.verify|verify} messages.
             * @param message Proceed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Proceed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Proceed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Proceed & tillgate.v1.Proceed.$Shape} Proceed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Proceed & tillgate.v1.Proceed.$Shape;
        }

        namespace Proceed {

            /** Properties of a Proceed. */
            interface $Properties {

                /** Proceed commandId */
                commandId?: (Uint8Array|null);

                /** Proceed seq */
                seq?: (number|null);

                /** Proceed readyNonce */
                readyNonce?: (Uint8Array|null);

                /** Proceed commandHash */
                commandHash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Proceed. */
            type $Shape = tillgate.v1.Proceed.$Properties;
        }

        /**
         * Properties of an Abort.
         * @deprecated Use tillgate.v1.Abort.$Properties instead.
         */
        interface IAbort extends tillgate.v1.Abort.$Properties {
        }

        /** Represents an Abort. */
        class Abort {

            /**
             * Constructs a new Abort.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Abort.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Abort commandId. */
            commandId: Uint8Array;

            /** Abort seq. */
            seq: number;

            /** Abort readyNonce. */
            readyNonce: Uint8Array;

            /**
             * Encodes the specified Abort message. Does not implicitly {@link tillgate.v1.Abort.verify|verify} messages.
             * @param message Abort message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Abort.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Abort message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Abort & tillgate.v1.Abort.$Shape} Abort
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Abort & tillgate.v1.Abort.$Shape;
        }

        namespace Abort {

            /** Properties of an Abort. */
            interface $Properties {

                /** Abort commandId */
                commandId?: (Uint8Array|null);

                /** Abort seq */
                seq?: (number|null);

                /** Abort readyNonce */
                readyNonce?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Abort. */
            type $Shape = tillgate.v1.Abort.$Properties;
        }

        /**
         * Properties of a Query.
         * @deprecated Use tillgate.v1.Query.$Properties instead.
         */
        interface IQuery extends tillgate.v1.Query.$Properties {
        }

        /** Represents a Query. */
        class Query {

            /**
             * Constructs a new Query.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Query.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Query commandId. */
            commandId: Uint8Array;

            /** Query seq. */
            seq: number;

            /**
             * Encodes the specified Query message. Does not implicitly {@link tillgate.v1.Query.verify|verify} messages.
             * @param message Query message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Query.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Query message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Query & tillgate.v1.Query.$Shape} Query
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Query & tillgate.v1.Query.$Shape;
        }

        namespace Query {

            /** Properties of a Query. */
            interface $Properties {

                /** Query commandId */
                commandId?: (Uint8Array|null);

                /** Query seq */
                seq?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Query. */
            type $Shape = tillgate.v1.Query.$Properties;
        }

        /**
         * Properties of a HelloRequest.
         * @deprecated Use tillgate.v1.HelloRequest.$Properties instead.
         */
        interface IHelloRequest extends tillgate.v1.HelloRequest.$Properties {
        }

        /** Represents a HelloRequest. */
        class HelloRequest {

            /**
             * Constructs a new HelloRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.HelloRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HelloRequest sessionNonce. */
            sessionNonce: Uint8Array;

            /**
             * Encodes the specified HelloRequest message. Does not implicitly {@link tillgate.v1.HelloRequest.verify|verify} messages.
             * @param message HelloRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.HelloRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HelloRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.HelloRequest & tillgate.v1.HelloRequest.$Shape} HelloRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.HelloRequest & tillgate.v1.HelloRequest.$Shape;
        }

        namespace HelloRequest {

            /** Properties of a HelloRequest. */
            interface $Properties {

                /** HelloRequest sessionNonce */
                sessionNonce?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HelloRequest. */
            type $Shape = tillgate.v1.HelloRequest.$Properties;
        }

        /**
         * Properties of a Receipt.
         * @deprecated Use tillgate.v1.Receipt.$Properties instead.
         */
        interface IReceipt extends tillgate.v1.Receipt.$Properties {
        }

        /** Represents a Receipt. */
        class Receipt {

            /**
             * Constructs a new Receipt.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Receipt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Receipt messageId. */
            messageId: Uint8Array;

            /** Receipt hash. */
            hash: Uint8Array;

            /**
             * Encodes the specified Receipt message. Does not implicitly {@link tillgate.v1.Receipt.verify|verify} messages.
             * @param message Receipt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Receipt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Receipt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Receipt & tillgate.v1.Receipt.$Shape} Receipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Receipt & tillgate.v1.Receipt.$Shape;
        }

        namespace Receipt {

            /** Properties of a Receipt. */
            interface $Properties {

                /** Receipt messageId */
                messageId?: (Uint8Array|null);

                /** Receipt hash */
                hash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Receipt. */
            type $Shape = tillgate.v1.Receipt.$Properties;
        }

        /** Purpose enum. */
        enum Purpose {

            /** PURPOSE_UNSPECIFIED value */
            PURPOSE_UNSPECIFIED = 0,

            /** ORDINARY value */
            ORDINARY = 1,

            /** DESTRUCTIVE value */
            DESTRUCTIVE = 2,

            /** RECEIPT value */
            RECEIPT = 3,

            /** CHECKPOINT value */
            CHECKPOINT = 4
        }

        /**
         * Properties of a Signer.
         * @deprecated Use tillgate.v1.Signer.$Properties instead.
         */
        interface ISigner extends tillgate.v1.Signer.$Properties {
        }

        /** Represents a Signer. */
        class Signer {

            /**
             * Constructs a new Signer.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Signer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Signer kid. */
            kid: Uint8Array;

            /** Signer purpose. */
            purpose: number;

            /** Signer alg. */
            alg: number;

            /** Signer publicKey. */
            publicKey: Uint8Array;

            /** Signer notBeforeMs. */
            notBeforeMs: number;

            /** Signer notAfterMs. */
            notAfterMs: number;

            /**
             * Encodes the specified Signer message. Does not implicitly {@link tillgate.v1.Signer.verify|verify} messages.
             * @param message Signer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Signer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Signer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Signer & tillgate.v1.Signer.$Shape} Signer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Signer & tillgate.v1.Signer.$Shape;
        }

        namespace Signer {

            /** Properties of a Signer. */
            interface $Properties {

                /** Signer kid */
                kid?: (Uint8Array|null);

                /** Signer purpose */
                purpose?: (number|null);

                /** Signer alg */
                alg?: (number|null);

                /** Signer publicKey */
                publicKey?: (Uint8Array|null);

                /** Signer notBeforeMs */
                notBeforeMs?: (number|null);

                /** Signer notAfterMs */
                notAfterMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Signer. */
            type $Shape = tillgate.v1.Signer.$Properties;
        }

        /**
         * Properties of a SignerList.
         * @deprecated Use tillgate.v1.SignerList.$Properties instead.
         */
        interface ISignerList extends tillgate.v1.SignerList.$Properties {
        }

        /** Represents a SignerList. */
        class SignerList {

            /**
             * Constructs a new SignerList.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.SignerList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignerList listVersion. */
            listVersion: number;

            /** SignerList issuedAtMs. */
            issuedAtMs: number;

            /** SignerList signers. */
            signers: tillgate.v1.Signer.$Properties[];

            /**
             * Encodes the specified SignerList message. Does not implicitly {@link tillgate.v1.SignerList.verify|verify} messages.
             * @param message SignerList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.SignerList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignerList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.SignerList & tillgate.v1.SignerList.$Shape} SignerList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.SignerList & tillgate.v1.SignerList.$Shape;
        }

        namespace SignerList {

            /** Properties of a SignerList. */
            interface $Properties {

                /** SignerList listVersion */
                listVersion?: (number|null);

                /** SignerList issuedAtMs */
                issuedAtMs?: (number|null);

                /** SignerList signers */
                signers?: (tillgate.v1.Signer.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignerList. */
            type $Shape = tillgate.v1.SignerList.$Properties;
        }

        /**
         * Properties of a RenewCertificate.
         * @deprecated Use tillgate.v1.RenewCertificate.$Properties instead.
         */
        interface IRenewCertificate extends tillgate.v1.RenewCertificate.$Properties {
        }

        /** Represents a RenewCertificate. */
        class RenewCertificate {

            /**
             * Constructs a new RenewCertificate.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.RenewCertificate.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RenewCertificate reason. */
            reason: string;

            /** RenewCertificate certificate. */
            certificate: Uint8Array;

            /** RenewCertificate chain. */
            chain: Uint8Array;

            /**
             * Encodes the specified RenewCertificate message. Does not implicitly {@link tillgate.v1.RenewCertificate.verify|verify} messages.
             * @param message RenewCertificate message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.RenewCertificate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RenewCertificate message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.RenewCertificate & tillgate.v1.RenewCertificate.$Shape} RenewCertificate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.RenewCertificate & tillgate.v1.RenewCertificate.$Shape;
        }

        namespace RenewCertificate {

            /** Properties of a RenewCertificate. */
            interface $Properties {

                /** RenewCertificate reason */
                reason?: (string|null);

                /** RenewCertificate certificate */
                certificate?: (Uint8Array|null);

                /** RenewCertificate chain */
                chain?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RenewCertificate. */
            type $Shape = tillgate.v1.RenewCertificate.$Properties;
        }

        /**
         * Properties of an Uplink.
         * @deprecated Use tillgate.v1.Uplink.$Properties instead.
         */
        interface IUplink extends tillgate.v1.Uplink.$Properties {
        }

        /** Represents an Uplink. */
        class Uplink {

            /**
             * Constructs a new Uplink.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Uplink.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Uplink version. */
            version: number;

            /** Uplink sn. */
            sn: string;

            /** Uplink messageId. */
            messageId: Uint8Array;

            /** Uplink bootId. */
            bootId: Uint8Array;

            /** Uplink uplinkSeq. */
            uplinkSeq: number;

            /** Uplink commandId. */
            commandId: Uint8Array;

            /** Uplink downlinkHash. */
            downlinkHash: Uint8Array;

            /** Uplink hello. */
            hello?: (tillgate.v1.Hello.$Properties|null);

            /** Uplink heartbeat. */
            heartbeat?: (tillgate.v1.Heartbeat.$Properties|null);

            /** Uplink accepted. */
            accepted?: (tillgate.v1.Accepted.$Properties|null);

            /** Uplink progress. */
            progress?: (tillgate.v1.Progress.$Properties|null);

            /** Uplink ready. */
            ready?: (tillgate.v1.Ready.$Properties|null);

            /** Uplink released. */
            released?: (tillgate.v1.Released.$Properties|null);

            /** Uplink refused. */
            refused?: (tillgate.v1.Refused.$Properties|null);

            /** Uplink result. */
            result?: (tillgate.v1.Result.$Properties|null);

            /** Uplink proof. */
            proof?: (tillgate.v1.Proof.$Properties|null);

            /** Uplink status. */
            status?: (tillgate.v1.Status.$Properties|null);

            /** Uplink alarm. */
            alarm?: (tillgate.v1.Alarm.$Properties|null);

            /** Uplink renewRequest. */
            renewRequest?: (tillgate.v1.RenewRequest.$Properties|null);

            /** Uplink offlineReady. */
            offlineReady?: (tillgate.v1.OfflineReady.$Properties|null);

            /** Uplink message. */
            message?: ("hello"|"heartbeat"|"accepted"|"progress"|"ready"|"released"|"refused"|"result"|"proof"|"status"|"alarm"|"renewRequest"|"offlineReady");

            /**
             * Encodes the specified Uplink message. Does not implicitly {@link tillgate.v1.Uplink.verify|verify} messages.
             * @param message Uplink message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Uplink.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Uplink message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Uplink & tillgate.v1.Uplink.$Shape} Uplink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Uplink & tillgate.v1.Uplink.$Shape;
        }

        namespace Uplink {

            /** Properties of an Uplink. */
            interface $Properties {

                /** Uplink version */
                version?: (number|null);

                /** Uplink sn */
                sn?: (string|null);

                /** Uplink messageId */
                messageId?: (Uint8Array|null);

                /** Uplink bootId */
                bootId?: (Uint8Array|null);

                /** Uplink uplinkSeq */
                uplinkSeq?: (number|null);

                /** Uplink commandId */
                commandId?: (Uint8Array|null);

                /** Uplink downlinkHash */
                downlinkHash?: (Uint8Array|null);

                /** Uplink hello */
                hello?: (tillgate.v1.Hello.$Properties|null);

                /** Uplink heartbeat */
                heartbeat?: (tillgate.v1.Heartbeat.$Properties|null);

                /** Uplink accepted */
                accepted?: (tillgate.v1.Accepted.$Properties|null);

                /** Uplink progress */
                progress?: (tillgate.v1.Progress.$Properties|null);

                /** Uplink ready */
                ready?: (tillgate.v1.Ready.$Properties|null);

                /** Uplink released */
                released?: (tillgate.v1.Released.$Properties|null);

                /** Uplink refused */
                refused?: (tillgate.v1.Refused.$Properties|null);

                /** Uplink result */
                result?: (tillgate.v1.Result.$Properties|null);

                /** Uplink proof */
                proof?: (tillgate.v1.Proof.$Properties|null);

                /** Uplink status */
                status?: (tillgate.v1.Status.$Properties|null);

                /** Uplink alarm */
                alarm?: (tillgate.v1.Alarm.$Properties|null);

                /** Uplink renewRequest */
                renewRequest?: (tillgate.v1.RenewRequest.$Properties|null);

                /** Uplink offlineReady */
                offlineReady?: (tillgate.v1.OfflineReady.$Properties|null);

                /** Uplink message */
                message?: ("hello"|"heartbeat"|"accepted"|"progress"|"ready"|"released"|"refused"|"result"|"proof"|"status"|"alarm"|"renewRequest"|"offlineReady");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an Uplink. */
            type $Shape = {
              version?: number|null;
              sn?: string|null;
              messageId?: Uint8Array|null;
              bootId?: Uint8Array|null;
              uplinkSeq?: number|null;
              commandId?: Uint8Array|null;
              downlinkHash?: Uint8Array|null;
              hello?: tillgate.v1.Hello.$Shape|null;
              heartbeat?: tillgate.v1.Heartbeat.$Shape|null;
              accepted?: tillgate.v1.Accepted.$Shape|null;
              progress?: tillgate.v1.Progress.$Shape|null;
              ready?: tillgate.v1.Ready.$Shape|null;
              released?: tillgate.v1.Released.$Shape|null;
              refused?: tillgate.v1.Refused.$Shape|null;
              result?: tillgate.v1.Result.$Shape|null;
              proof?: tillgate.v1.Proof.$Shape|null;
              status?: tillgate.v1.Status.$Shape|null;
              alarm?: tillgate.v1.Alarm.$Shape|null;
              renewRequest?: tillgate.v1.RenewRequest.$Shape|null;
              offlineReady?: tillgate.v1.OfflineReady.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "hello"; hello: tillgate.v1.Hello.$Shape; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "heartbeat"; hello?: null; heartbeat: tillgate.v1.Heartbeat.$Shape; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "accepted"; hello?: null; heartbeat?: null; accepted: tillgate.v1.Accepted.$Shape; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "progress"; hello?: null; heartbeat?: null; accepted?: null; progress: tillgate.v1.Progress.$Shape; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "ready"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready: tillgate.v1.Ready.$Shape; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "released"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released: tillgate.v1.Released.$Shape; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "refused"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused: tillgate.v1.Refused.$Shape; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "result"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result: tillgate.v1.Result.$Shape; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "proof"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof: tillgate.v1.Proof.$Shape; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "status"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status: tillgate.v1.Status.$Shape; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "alarm"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm: tillgate.v1.Alarm.$Shape; renewRequest?: null; offlineReady?: null }|{ message?: "renewRequest"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest: tillgate.v1.RenewRequest.$Shape; offlineReady?: null }|{ message?: "offlineReady"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady: tillgate.v1.OfflineReady.$Shape })
            );
        }

        /** KeyState enum. */
        enum KeyState {

            /** KEY_STATE_UNSPECIFIED value */
            KEY_STATE_UNSPECIFIED = 0,

            /** KEY_EMPTY value */
            KEY_EMPTY = 1,

            /** KEY_PENDING value */
            KEY_PENDING = 2,

            /** KEY_ACTIVE value */
            KEY_ACTIVE = 3,

            /** KEY_RETIRING value */
            KEY_RETIRING = 4,

            /** KEY_ERASED value */
            KEY_ERASED = 5,

            /** KEY_BAD value */
            KEY_BAD = 6
        }

        /**
         * Properties of a KeySlot.
         * @deprecated Use tillgate.v1.KeySlot.$Properties instead.
         */
        interface IKeySlot extends tillgate.v1.KeySlot.$Properties {
        }

        /** Represents a KeySlot. */
        class KeySlot {

            /**
             * Constructs a new KeySlot.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.KeySlot.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KeySlot purpose. */
            purpose: string;

            /** KeySlot version. */
            version: number;

            /** KeySlot state. */
            state: number;

            /** KeySlot kcv. */
            kcv: Uint8Array;

            /** KeySlot algorithm. */
            algorithm: string;

            /**
             * Encodes the specified KeySlot message. Does not implicitly {@link tillgate.v1.KeySlot.verify|verify} messages.
             * @param message KeySlot message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.KeySlot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KeySlot message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.KeySlot & tillgate.v1.KeySlot.$Shape} KeySlot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.KeySlot & tillgate.v1.KeySlot.$Shape;
        }

        namespace KeySlot {

            /** Properties of a KeySlot. */
            interface $Properties {

                /** KeySlot purpose */
                purpose?: (string|null);

                /** KeySlot version */
                version?: (number|null);

                /** KeySlot state */
                state?: (number|null);

                /** KeySlot kcv */
                kcv?: (Uint8Array|null);

                /** KeySlot algorithm */
                algorithm?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KeySlot. */
            type $Shape = tillgate.v1.KeySlot.$Properties;
        }

        /**
         * Properties of a Hello.
         * @deprecated Use tillgate.v1.Hello.$Properties instead.
         */
        interface IHello extends tillgate.v1.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello sessionNonce. */
            sessionNonce: Uint8Array;

            /** Hello firmware. */
            firmware: string;

            /** Hello capabilities. */
            capabilities: string[];

            /** Hello assetEpoch. */
            assetEpoch: number;

            /** Hello bindingEpoch. */
            bindingEpoch: number;

            /** Hello lastSeq. */
            lastSeq: number;

            /** Hello keySlots. */
            keySlots: tillgate.v1.KeySlot.$Properties[];

            /** Hello keyShare. */
            keyShare: Uint8Array;

            /** Hello signerListVersion. */
            signerListVersion: number;

            /** Hello model. */
            model: string;

            /** Hello locked. */
            locked: boolean;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link tillgate.v1.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Hello & tillgate.v1.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Hello & tillgate.v1.Hello.$Shape;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello sessionNonce */
                sessionNonce?: (Uint8Array|null);

                /** Hello firmware */
                firmware?: (string|null);

                /** Hello capabilities */
                capabilities?: (string[]|null);

                /** Hello assetEpoch */
                assetEpoch?: (number|null);

                /** Hello bindingEpoch */
                bindingEpoch?: (number|null);

                /** Hello lastSeq */
                lastSeq?: (number|null);

                /** Hello keySlots */
                keySlots?: (tillgate.v1.KeySlot.$Properties[]|null);

                /** Hello keyShare */
                keyShare?: (Uint8Array|null);

                /** Hello signerListVersion */
                signerListVersion?: (number|null);

                /** Hello model */
                model?: (string|null);

                /** Hello locked */
                locked?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = tillgate.v1.Hello.$Properties;
        }

        /**
         * Properties of a Heartbeat.
         * @deprecated Use tillgate.v1.Heartbeat.$Properties instead.
         */
        interface IHeartbeat extends tillgate.v1.Heartbeat.$Properties {
        }

        /** Represents a Heartbeat. */
        class Heartbeat {

            /**
             * Constructs a new Heartbeat.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Heartbeat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Heartbeat sessionNonce. */
            sessionNonce: Uint8Array;

            /** Heartbeat uptimeMs. */
            uptimeMs: number;

            /** Heartbeat batteryPercent. */
            batteryPercent: number;

            /** Heartbeat will. */
            will: boolean;

            /**
             * Encodes the specified Heartbeat message. Does not implicitly {@link tillgate.v1.Heartbeat.verify|verify} messages.
             * @param message Heartbeat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Heartbeat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Heartbeat & tillgate.v1.Heartbeat.$Shape} Heartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Heartbeat & tillgate.v1.Heartbeat.$Shape;
        }

        namespace Heartbeat {

            /** Properties of a Heartbeat. */
            interface $Properties {

                /** Heartbeat sessionNonce */
                sessionNonce?: (Uint8Array|null);

                /** Heartbeat uptimeMs */
                uptimeMs?: (number|null);

                /** Heartbeat batteryPercent */
                batteryPercent?: (number|null);

                /** Heartbeat will */
                will?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Heartbeat. */
            type $Shape = tillgate.v1.Heartbeat.$Properties;
        }

        /**
         * Properties of an Accepted.
         * @deprecated Use tillgate.v1.Accepted.$Properties instead.
         */
        interface IAccepted extends tillgate.v1.Accepted.$Properties {
        }

        /** Represents an Accepted. */
        class Accepted {

            /**
             * Constructs a new Accepted.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Accepted.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Accepted message. Does not implicitly {@link tillgate.v1.Accepted.verify|verify} messages.
             * @param message Accepted message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Accepted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Accepted message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Accepted & tillgate.v1.Accepted.$Shape} Accepted
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Accepted & tillgate.v1.Accepted.$Shape;
        }

        namespace Accepted {

            /** Properties of an Accepted. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Accepted. */
            type $Shape = tillgate.v1.Accepted.$Properties;
        }

        /** Phase enum. */
        enum Phase {

            /** PHASE_UNSPECIFIED value */
            PHASE_UNSPECIFIED = 0,

            /** QUIESCING value */
            QUIESCING = 1,

            /** FLUSHING value */
            FLUSHING = 2,

            /** SETTLING value */
            SETTLING = 3,

            /** UPLOADING value */
            UPLOADING = 4,

            /** PREPARED value */
            PREPARED = 5,

            /** ERASING_KEYS value */
            ERASING_KEYS = 6,

            /** ERASING_PARAMS value */
            ERASING_PARAMS = 7,

            /** RUNNING value */
            RUNNING = 8
        }

        /**
         * Properties of a Progress.
         * @deprecated Use tillgate.v1.Progress.$Properties instead.
         */
        interface IProgress extends tillgate.v1.Progress.$Properties {
        }

        /** Represents a Progress. */
        class Progress {

            /**
             * Constructs a new Progress.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Progress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Progress phase. */
            phase: number;

            /** Progress done. */
            done: number;

            /** Progress total. */
            total: number;

            /** Progress resumed. */
            resumed: number;

            /**
             * Encodes the specified Progress message. Does not implicitly {@link tillgate.v1.Progress.verify|verify} messages.
             * @param message Progress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Progress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Progress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Progress & tillgate.v1.Progress.$Shape} Progress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Progress & tillgate.v1.Progress.$Shape;
        }

        namespace Progress {

            /** Properties of a Progress. */
            interface $Properties {

                /** Progress phase */
                phase?: (number|null);

                /** Progress done */
                done?: (number|null);

                /** Progress total */
                total?: (number|null);

                /** Progress resumed */
                resumed?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Progress. */
            type $Shape = tillgate.v1.Progress.$Properties;
        }

        /**
         * Properties of an Area.
         * @deprecated Use tillgate.v1.Area.$Properties instead.
         */
        interface IArea extends tillgate.v1.Area.$Properties {
        }

        /** Represents an Area. */
        class Area {

            /**
             * Constructs a new Area.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Area.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Area name. */
            name: string;

            /** Area records. */
            records: number;

            /** Area amountMinor. */
            amountMinor: number;

            /** Area hash. */
            hash: Uint8Array;

            /**
             * Encodes the specified Area message. Does not implicitly {@link tillgate.v1.Area.verify|verify} messages.
             * @param message Area message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Area.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Area message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Area & tillgate.v1.Area.$Shape} Area
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Area & tillgate.v1.Area.$Shape;
        }

        namespace Area {

            /** Properties of an Area. */
            interface $Properties {

                /** Area name */
                name?: (string|null);

                /** Area records */
                records?: (number|null);

                /** Area amountMinor */
                amountMinor?: (number|null);

                /** Area hash */
                hash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Area. */
            type $Shape = tillgate.v1.Area.$Properties;
        }

        /**
         * Properties of a Ready.
         * @deprecated Use tillgate.v1.Ready.$Properties instead.
         */
        interface IReady extends tillgate.v1.Ready.$Properties {
        }

        /** Represents a Ready. */
        class Ready {

            /**
             * Constructs a new Ready.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Ready.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Ready readyNonce. */
            readyNonce: Uint8Array;

            /** Ready leaseS. */
            leaseS: number;

            /** Ready areas. */
            areas: tillgate.v1.Area.$Properties[];

            /** Ready settled. */
            settled: tillgate.v1.Area.$Properties[];

            /** Ready batchNumber. */
            batchNumber: number;

            /**
             * Encodes the specified Ready message. Does not implicitly {@link tillgate.v1.Ready.verify|verify} messages.
             * @param message Ready message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Ready.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Ready message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Ready & tillgate.v1.Ready.$Shape} Ready
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Ready & tillgate.v1.Ready.$Shape;
        }

        namespace Ready {

            /** Properties of a Ready. */
            interface $Properties {

                /** Ready readyNonce */
                readyNonce?: (Uint8Array|null);

                /** Ready leaseS */
                leaseS?: (number|null);

                /** Ready areas */
                areas?: (tillgate.v1.Area.$Properties[]|null);

                /** Ready settled */
                settled?: (tillgate.v1.Area.$Properties[]|null);

                /** Ready batchNumber */
                batchNumber?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Ready. */
            type $Shape = tillgate.v1.Ready.$Properties;
        }

        /**
         * Properties of an OfflineReady.
         * @deprecated Use tillgate.v1.OfflineReady.$Properties instead.
         */
        interface IOfflineReady extends tillgate.v1.OfflineReady.$Properties {
        }

        /** Represents an OfflineReady. */
        class OfflineReady {

            /**
             * Constructs a new OfflineReady.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.OfflineReady.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OfflineReady nonce. */
            nonce: Uint8Array;

            /** OfflineReady leaseS. */
            leaseS: number;

            /** OfflineReady firmware. */
            firmware: string;

            /** OfflineReady model. */
            model: string;

            /** OfflineReady assetEpoch. */
            assetEpoch: number;

            /** OfflineReady bindingEpoch. */
            bindingEpoch: number;

            /** OfflineReady lastSeq. */
            lastSeq: number;

            /** OfflineReady signerListVersion. */
            signerListVersion: number;

            /** OfflineReady areas. */
            areas: tillgate.v1.Area.$Properties[];

            /** OfflineReady settled. */
            settled: tillgate.v1.Area.$Properties[];

            /** OfflineReady batchNumber. */
            batchNumber: number;

            /**
             * Encodes the specified OfflineReady message. Does not implicitly {@link tillgate.v1.OfflineReady.verify|verify} messages.
             * @param message OfflineReady message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.OfflineReady.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OfflineReady message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.OfflineReady & tillgate.v1.OfflineReady.$Shape} OfflineReady
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.OfflineReady & tillgate.v1.OfflineReady.$Shape;
        }

        namespace OfflineReady {

            /** Properties of an OfflineReady. */
            interface $Properties {

                /** OfflineReady nonce */
                nonce?: (Uint8Array|null);

                /** OfflineReady leaseS */
                leaseS?: (number|null);

                /** OfflineReady firmware */
                firmware?: (string|null);

                /** OfflineReady model */
                model?: (string|null);

                /** OfflineReady assetEpoch */
                assetEpoch?: (number|null);

                /** OfflineReady bindingEpoch */
                bindingEpoch?: (number|null);

                /** OfflineReady lastSeq */
                lastSeq?: (number|null);

                /** OfflineReady signerListVersion */
                signerListVersion?: (number|null);

                /** OfflineReady areas */
                areas?: (tillgate.v1.Area.$Properties[]|null);

                /** OfflineReady settled */
                settled?: (tillgate.v1.Area.$Properties[]|null);

                /** OfflineReady batchNumber */
                batchNumber?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OfflineReady. */
            type $Shape = tillgate.v1.OfflineReady.$Properties;
        }

        /**
         * Properties of a Released.
         * @deprecated Use tillgate.v1.Released.$Properties instead.
         */
        interface IReleased extends tillgate.v1.Released.$Properties {
        }

        /** Represents a Released. */
        class Released {

            /**
             * Constructs a new Released.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Released.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Released readyNonce. */
            readyNonce: Uint8Array;

            /** Released cause. */
            cause: number;

            /** Released abortSeq. */
            abortSeq: number;

            /**
             * Encodes the specified Released message. Does not implicitly {@link tillgate.v1.Released.verify|verify} messages.
             * @param message Released message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Released.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Released message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Released & tillgate.v1.Released.$Shape} Released
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Released & tillgate.v1.Released.$Shape;
        }

        namespace Released {

            /** Properties of a Released. */
            interface $Properties {

                /** Released readyNonce */
                readyNonce?: (Uint8Array|null);

                /** Released cause */
                cause?: (number|null);

                /** Released abortSeq */
                abortSeq?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Released. */
            type $Shape = tillgate.v1.Released.$Properties;
        }

        /** ReleaseCause enum. */
        enum ReleaseCause {

            /** RELEASE_CAUSE_UNSPECIFIED value */
            RELEASE_CAUSE_UNSPECIFIED = 0,

            /** ABORTED value */
            ABORTED = 1,

            /** LEASE_OVER value */
            LEASE_OVER = 2,

            /** REBOOTED value */
            REBOOTED = 3,

            /** DISPLACED value */
            DISPLACED = 4,

            /** NEVER_SEEN value */
            NEVER_SEEN = 5
        }

        /**
         * Properties of a Refused.
         * @deprecated Use tillgate.v1.Refused.$Properties instead.
         */
        interface IRefused extends tillgate.v1.Refused.$Properties {
        }

        /** Represents a Refused. */
        class Refused {

            /**
             * Constructs a new Refused.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Refused.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Refused code. */
            code: number;

            /** Refused readyNonce. */
            readyNonce: Uint8Array;

            /** Refused detail. */
            detail: string;

            /**
             * Encodes the specified Refused message. Does not implicitly {@link tillgate.v1.Refused.verify|verify} messages.
             * @param message Refused message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Refused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Refused message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Refused & tillgate.v1.Refused.$Shape} Refused
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Refused & tillgate.v1.Refused.$Shape;
        }

        namespace Refused {

            /** Properties of a Refused. */
            interface $Properties {

                /** Refused code */
                code?: (number|null);

                /** Refused readyNonce */
                readyNonce?: (Uint8Array|null);

                /** Refused detail */
                detail?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Refused. */
            type $Shape = tillgate.v1.Refused.$Properties;
        }

        /**
         * Properties of a Result.
         * @deprecated Use tillgate.v1.Result.$Properties instead.
         */
        interface IResult extends tillgate.v1.Result.$Properties {
        }

        /** Represents a Result. */
        class Result {

            /**
             * Constructs a new Result.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Result.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Result code. */
            code: number;

            /** Result payload. */
            payload: Uint8Array;

            /** Result unknown. */
            unknown: boolean;

            /**
             * Encodes the specified Result message. Does not implicitly {@link tillgate.v1.Result.verify|verify} messages.
             * @param message Result message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Result.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Result message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Result & tillgate.v1.Result.$Shape} Result
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Result & tillgate.v1.Result.$Shape;
        }

        namespace Result {

            /** Properties of a Result. */
            interface $Properties {

                /** Result code */
                code?: (number|null);

                /** Result payload */
                payload?: (Uint8Array|null);

                /** Result unknown */
                unknown?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Result. */
            type $Shape = tillgate.v1.Result.$Properties;
        }

        /**
         * Properties of a SelfTestResult.
         * @deprecated Use tillgate.v1.SelfTestResult.$Properties instead.
         */
        interface ISelfTestResult extends tillgate.v1.SelfTestResult.$Properties {
        }

        /** Represents a SelfTestResult. */
        class SelfTestResult {

            /**
             * Constructs a new SelfTestResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.SelfTestResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SelfTestResult keysOk. */
            keysOk: boolean;

            /** SelfTestResult flashOk. */
            flashOk: boolean;

            /** SelfTestResult clockOk. */
            clockOk: boolean;

            /** SelfTestResult firmware. */
            firmware: string;

            /**
             * Encodes the specified SelfTestResult message. Does not implicitly {@link tillgate.v1.SelfTestResult.verify|verify} messages.
             * @param message SelfTestResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.SelfTestResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SelfTestResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.SelfTestResult & tillgate.v1.SelfTestResult.$Shape} SelfTestResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.SelfTestResult & tillgate.v1.SelfTestResult.$Shape;
        }

        namespace SelfTestResult {

            /** Properties of a SelfTestResult. */
            interface $Properties {

                /** SelfTestResult keysOk */
                keysOk?: (boolean|null);

                /** SelfTestResult flashOk */
                flashOk?: (boolean|null);

                /** SelfTestResult clockOk */
                clockOk?: (boolean|null);

                /** SelfTestResult firmware */
                firmware?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SelfTestResult. */
            type $Shape = tillgate.v1.SelfTestResult.$Properties;
        }

        /**
         * Properties of a BindResult.
         * @deprecated Use tillgate.v1.BindResult.$Properties instead.
         */
        interface IBindResult extends tillgate.v1.BindResult.$Properties {
        }

        /** Represents a BindResult. */
        class BindResult {

            /**
             * Constructs a new BindResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.BindResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BindResult bindingEpoch. */
            bindingEpoch: number;

            /** BindResult paramsHash. */
            paramsHash: Uint8Array;

            /** BindResult keySlots. */
            keySlots: tillgate.v1.KeySlot.$Properties[];

            /**
             * Encodes the specified BindResult message. Does not implicitly {@link tillgate.v1.BindResult.verify|verify} messages.
             * @param message BindResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.BindResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BindResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.BindResult & tillgate.v1.BindResult.$Shape} BindResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.BindResult & tillgate.v1.BindResult.$Shape;
        }

        namespace BindResult {

            /** Properties of a BindResult. */
            interface $Properties {

                /** BindResult bindingEpoch */
                bindingEpoch?: (number|null);

                /** BindResult paramsHash */
                paramsHash?: (Uint8Array|null);

                /** BindResult keySlots */
                keySlots?: (tillgate.v1.KeySlot.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BindResult. */
            type $Shape = tillgate.v1.BindResult.$Properties;
        }

        /**
         * Properties of a SlotErasure.
         * @deprecated Use tillgate.v1.SlotErasure.$Properties instead.
         */
        interface ISlotErasure extends tillgate.v1.SlotErasure.$Properties {
        }

        /** Represents a SlotErasure. */
        class SlotErasure {

            /**
             * Constructs a new SlotErasure.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.SlotErasure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SlotErasure before. */
            before?: (tillgate.v1.KeySlot.$Properties|null);

            /** SlotErasure after. */
            after?: (tillgate.v1.KeySlot.$Properties|null);

            /**
             * Encodes the specified SlotErasure message. Does not implicitly {@link tillgate.v1.SlotErasure.verify|verify} messages.
             * @param message SlotErasure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.SlotErasure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SlotErasure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.SlotErasure & tillgate.v1.SlotErasure.$Shape} SlotErasure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.SlotErasure & tillgate.v1.SlotErasure.$Shape;
        }

        namespace SlotErasure {

            /** Properties of a SlotErasure. */
            interface $Properties {

                /** SlotErasure before */
                before?: (tillgate.v1.KeySlot.$Properties|null);

                /** SlotErasure after */
                after?: (tillgate.v1.KeySlot.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SlotErasure. */
            type $Shape = tillgate.v1.SlotErasure.$Properties;
        }

        /**
         * Properties of an AreaErasure.
         * @deprecated Use tillgate.v1.AreaErasure.$Properties instead.
         */
        interface IAreaErasure extends tillgate.v1.AreaErasure.$Properties {
        }

        /** Represents an AreaErasure. */
        class AreaErasure {

            /**
             * Constructs a new AreaErasure.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.AreaErasure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AreaErasure name. */
            name: string;

            /** AreaErasure recordsBefore. */
            recordsBefore: number;

            /** AreaErasure recordsAfter. */
            recordsAfter: number;

            /** AreaErasure method. */
            method: string;

            /**
             * Encodes the specified AreaErasure message. Does not implicitly {@link tillgate.v1.AreaErasure.verify|verify} messages.
             * @param message AreaErasure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.AreaErasure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AreaErasure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.AreaErasure & tillgate.v1.AreaErasure.$Shape} AreaErasure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.AreaErasure & tillgate.v1.AreaErasure.$Shape;
        }

        namespace AreaErasure {

            /** Properties of an AreaErasure. */
            interface $Properties {

                /** AreaErasure name */
                name?: (string|null);

                /** AreaErasure recordsBefore */
                recordsBefore?: (number|null);

                /** AreaErasure recordsAfter */
                recordsAfter?: (number|null);

                /** AreaErasure method */
                method?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AreaErasure. */
            type $Shape = tillgate.v1.AreaErasure.$Properties;
        }

        /**
         * Properties of a Proof.
         * @deprecated Use tillgate.v1.Proof.$Properties instead.
         */
        interface IProof extends tillgate.v1.Proof.$Properties {
        }

        /** Represents a Proof. */
        class Proof {

            /**
             * Constructs a new Proof.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Proof.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Proof readyNonce. */
            readyNonce: Uint8Array;

            /** Proof proceedHash. */
            proceedHash: Uint8Array;

            /** Proof assetEpoch. */
            assetEpoch: number;

            /** Proof bindingEpoch. */
            bindingEpoch: number;

            /** Proof counter. */
            counter: number;

            /** Proof firmware. */
            firmware: string;

            /** Proof slots. */
            slots: tillgate.v1.SlotErasure.$Properties[];

            /** Proof areas. */
            areas: tillgate.v1.AreaErasure.$Properties[];

            /** Proof erasedAtMs. */
            erasedAtMs: number;

            /** Proof resumed. */
            resumed: number;

            /** Proof partial. */
            partial: boolean;

            /**
             * Encodes the specified Proof message. Does not implicitly {@link tillgate.v1.Proof.verify|verify} messages.
             * @param message Proof message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Proof.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Proof message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Proof & tillgate.v1.Proof.$Shape} Proof
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Proof & tillgate.v1.Proof.$Shape;
        }

        namespace Proof {

            /** Properties of a Proof. */
            interface $Properties {

                /** Proof readyNonce */
                readyNonce?: (Uint8Array|null);

                /** Proof proceedHash */
                proceedHash?: (Uint8Array|null);

                /** Proof assetEpoch */
                assetEpoch?: (number|null);

                /** Proof bindingEpoch */
                bindingEpoch?: (number|null);

                /** Proof counter */
                counter?: (number|null);

                /** Proof firmware */
                firmware?: (string|null);

                /** Proof slots */
                slots?: (tillgate.v1.SlotErasure.$Properties[]|null);

                /** Proof areas */
                areas?: (tillgate.v1.AreaErasure.$Properties[]|null);

                /** Proof erasedAtMs */
                erasedAtMs?: (number|null);

                /** Proof resumed */
                resumed?: (number|null);

                /** Proof partial */
                partial?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Proof. */
            type $Shape = tillgate.v1.Proof.$Properties;
        }

        /**
         * Properties of a Status.
         * @deprecated Use tillgate.v1.Status.$Properties instead.
         */
        interface IStatus extends tillgate.v1.Status.$Properties {
        }

        /** Represents a Status. */
        class Status {

            /**
             * Constructs a new Status.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Status.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Status querySeq. */
            querySeq: number;

            /** Status state. */
            state: number;

            /** Status readyNonce. */
            readyNonce: Uint8Array;

            /** Status code. */
            code: number;

            /** Status payload. */
            payload: Uint8Array;

            /**
             * Encodes the specified Status message. Does not implicitly {@link tillgate.v1.Status.verify|verify} messages.
             * @param message Status message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Status & tillgate.v1.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Status & tillgate.v1.Status.$Shape;
        }

        namespace Status {

            /** Properties of a Status. */
            interface $Properties {

                /** Status querySeq */
                querySeq?: (number|null);

                /** Status state */
                state?: (number|null);

                /** Status readyNonce */
                readyNonce?: (Uint8Array|null);

                /** Status code */
                code?: (number|null);

                /** Status payload */
                payload?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Status. */
            type $Shape = tillgate.v1.Status.$Properties;
        }

        /** JournalState enum. */
        enum JournalState {

            /** JOURNAL_STATE_UNSPECIFIED value */
            JOURNAL_STATE_UNSPECIFIED = 0,

            /** NOT_SEEN value */
            NOT_SEEN = 1,

            /** RUNNING_NOW value */
            RUNNING_NOW = 2,

            /** PREPARING value */
            PREPARING = 3,

            /** PREPARED_NOW value */
            PREPARED_NOW = 4,

            /** ERASING value */
            ERASING = 5,

            /** DONE value */
            DONE = 6,

            /** FAILED value */
            FAILED = 7,

            /** REFUSED value */
            REFUSED = 8,

            /** RELEASED value */
            RELEASED = 9,

            /** INTERRUPTED value */
            INTERRUPTED = 10
        }

        /**
         * Properties of an Alarm.
         * @deprecated Use tillgate.v1.Alarm.$Properties instead.
         */
        interface IAlarm extends tillgate.v1.Alarm.$Properties {
        }

        /** Represents an Alarm. */
        class Alarm {

            /**
             * Constructs a new Alarm.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.Alarm.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Alarm code. */
            code: number;

            /** Alarm detail. */
            detail: string;

            /** Alarm offendingHash. */
            offendingHash: Uint8Array;

            /**
             * Encodes the specified Alarm message. Does not implicitly {@link tillgate.v1.Alarm.verify|verify} messages.
             * @param message Alarm message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.Alarm.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Alarm message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.Alarm & tillgate.v1.Alarm.$Shape} Alarm
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.Alarm & tillgate.v1.Alarm.$Shape;
        }

        namespace Alarm {

            /** Properties of an Alarm. */
            interface $Properties {

                /** Alarm code */
                code?: (number|null);

                /** Alarm detail */
                detail?: (string|null);

                /** Alarm offendingHash */
                offendingHash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Alarm. */
            type $Shape = tillgate.v1.Alarm.$Properties;
        }

        /**
         * Properties of a RenewRequest.
         * @deprecated Use tillgate.v1.RenewRequest.$Properties instead.
         */
        interface IRenewRequest extends tillgate.v1.RenewRequest.$Properties {
        }

        /** Represents a RenewRequest. */
        class RenewRequest {

            /**
             * Constructs a new RenewRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.RenewRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RenewRequest csr. */
            csr: Uint8Array;

            /** RenewRequest proofOfOldKey. */
            proofOfOldKey: Uint8Array;

            /**
             * Encodes the specified RenewRequest message. Does not implicitly {@link tillgate.v1.RenewRequest.verify|verify} messages.
             * @param message RenewRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.RenewRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RenewRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.RenewRequest & tillgate.v1.RenewRequest.$Shape} RenewRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.RenewRequest & tillgate.v1.RenewRequest.$Shape;
        }

        namespace RenewRequest {

            /** Properties of a RenewRequest. */
            interface $Properties {

                /** RenewRequest csr */
                csr?: (Uint8Array|null);

                /** RenewRequest proofOfOldKey */
                proofOfOldKey?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RenewRequest. */
            type $Shape = tillgate.v1.RenewRequest.$Properties;
        }

        /**
         * Properties of an OfflineAnswer.
         * @deprecated Use tillgate.v1.OfflineAnswer.$Properties instead.
         */
        interface IOfflineAnswer extends tillgate.v1.OfflineAnswer.$Properties {
        }

        /** Represents an OfflineAnswer. */
        class OfflineAnswer {

            /**
             * Constructs a new OfflineAnswer.
             * @param [properties] Properties to set
             */
            constructor(properties?: tillgate.v1.OfflineAnswer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OfflineAnswer command. */
            command: Uint8Array;

            /** OfflineAnswer proceed. */
            proceed: Uint8Array;

            /**
             * Encodes the specified OfflineAnswer message. Does not implicitly {@link tillgate.v1.OfflineAnswer.verify|verify} messages.
             * @param message OfflineAnswer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tillgate.v1.OfflineAnswer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OfflineAnswer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tillgate.v1.OfflineAnswer & tillgate.v1.OfflineAnswer.$Shape} OfflineAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tillgate.v1.OfflineAnswer & tillgate.v1.OfflineAnswer.$Shape;
        }

        namespace OfflineAnswer {

            /** Properties of an OfflineAnswer. */
            interface $Properties {

                /** OfflineAnswer command */
                command?: (Uint8Array|null);

                /** OfflineAnswer proceed */
                proceed?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OfflineAnswer. */
            type $Shape = tillgate.v1.OfflineAnswer.$Properties;
        }
    }
}
