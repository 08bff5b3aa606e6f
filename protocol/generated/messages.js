/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const tillgate = $root.tillgate = (() => {

    /**
     * Namespace tillgate.
     * @exports tillgate
     * @namespace
     */
    const tillgate = {};

    tillgate.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof tillgate
         * @namespace
         */
        const v1 = {};

        v1.Envelope = (function() {

            /**
             * Properties of an Envelope.
             * @typedef {Object} tillgate.v1.Envelope.$Properties
             * @property {Uint8Array|null} [body] Envelope body
             * @property {tillgate.v1.Auth.$Properties|null} [auth] Envelope auth
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Envelope.
             * @memberof tillgate.v1
             * @interface IEnvelope
             * @augments tillgate.v1.Envelope.$Properties
             * @deprecated Use tillgate.v1.Envelope.$Properties instead.
             */

            /**
             * Shape of an Envelope.
             * @typedef {{
             *   body?: Uint8Array|null;
             *   auth?: tillgate.v1.Auth.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} tillgate.v1.Envelope.$Shape
             */

            /**
             * Constructs a new Envelope.
             * @memberof tillgate.v1
             * @classdesc Represents an Envelope.
             * @constructor
             * @param {tillgate.v1.Envelope.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Envelope = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Envelope body.
             * @member {Uint8Array} body
             * @memberof tillgate.v1.Envelope
             * @instance
             */
            Envelope.prototype.body = $util.newBuffer([]);

            /**
             * Envelope auth.
             * @member {tillgate.v1.Auth.$Properties|null|undefined} auth
             * @memberof tillgate.v1.Envelope
             * @instance
             */
            Envelope.prototype.auth = null;

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link tillgate.v1.Envelope.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Envelope
             * @static
             * @param {tillgate.v1.Envelope.$Properties} message Envelope message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Envelope.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.body != null && $Object.hasOwnProperty.call(message, "body") && message.body.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.body);
                if (message.auth != null && $Object.hasOwnProperty.call(message, "auth"))
                    $root.tillgate.v1.Auth.encode(message.auth, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Envelope
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Envelope & tillgate.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Envelope.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Envelope();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.body = value;
                            else
                                delete message.body;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.auth = $root.tillgate.v1.Auth.decode(reader, reader.size(), $undefined, _depth + 1, message.auth);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Envelope;
        })();

        v1.Auth = (function() {

            /**
             * Properties of an Auth.
             * @typedef {Object} tillgate.v1.Auth.$Properties
             * @property {tillgate.v1.Signature.$Properties|null} [signature] Auth signature
             * @property {tillgate.v1.Mac.$Properties|null} [mac] Auth mac
             * @property {"signature"|"mac"} [kind] Auth kind
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Auth.
             * @memberof tillgate.v1
             * @interface IAuth
             * @augments tillgate.v1.Auth.$Properties
             * @deprecated Use tillgate.v1.Auth.$Properties instead.
             */

            /**
             * Narrowed shape of an Auth.
             * @typedef {{
             *   signature?: tillgate.v1.Signature.$Shape|null;
             *   mac?: tillgate.v1.Mac.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ kind?: undefined; signature?: null; mac?: null }|{ kind?: "signature"; signature: tillgate.v1.Signature.$Shape; mac?: null }|{ kind?: "mac"; signature?: null; mac: tillgate.v1.Mac.$Shape })
             * )} tillgate.v1.Auth.$Shape
             */

            /**
             * Constructs a new Auth.
             * @memberof tillgate.v1
             * @classdesc Represents an Auth.
             * @constructor
             * @param {tillgate.v1.Auth.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Auth = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Auth signature.
             * @member {tillgate.v1.Signature.$Properties|null|undefined} signature
             * @memberof tillgate.v1.Auth
             * @instance
             */
            Auth.prototype.signature = null;

            /**
             * Auth mac.
             * @member {tillgate.v1.Mac.$Properties|null|undefined} mac
             * @memberof tillgate.v1.Auth
             * @instance
             */
            Auth.prototype.mac = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Auth kind.
             * @member {"signature"|"mac"|undefined} kind
             * @memberof tillgate.v1.Auth
             * @instance
             */
            $Object.defineProperty(Auth.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["signature", "mac"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Auth message. Does not implicitly {@link tillgate.v1.Auth.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Auth
             * @static
             * @param {tillgate.v1.Auth.$Properties} message Auth message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Auth.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    $root.tillgate.v1.Signature.encode(message.signature, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.mac != null && $Object.hasOwnProperty.call(message, "mac"))
                    $root.tillgate.v1.Mac.encode(message.mac, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Auth message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Auth
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Auth & tillgate.v1.Auth.$Shape} Auth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Auth.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Auth();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.signature = $root.tillgate.v1.Signature.decode(reader, reader.size(), $undefined, _depth + 1, message.signature);
                            message.kind = "signature";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.mac = $root.tillgate.v1.Mac.decode(reader, reader.size(), $undefined, _depth + 1, message.mac);
                            message.kind = "mac";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Auth;
        })();

        v1.Signature = (function() {

            /**
             * Properties of a Signature.
             * @typedef {Object} tillgate.v1.Signature.$Properties
             * @property {number|null} [alg] Signature alg
             * @property {Uint8Array|null} [kid] Signature kid
             * @property {number|null} [treeSize] Signature treeSize
             * @property {number|null} [index] Signature index
             * @property {Uint8Array|null} [path] Signature path
             * @property {Uint8Array|null} [signature] Signature signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Signature.
             * @memberof tillgate.v1
             * @interface ISignature
             * @augments tillgate.v1.Signature.$Properties
             * @deprecated Use tillgate.v1.Signature.$Properties instead.
             */

            /**
             * Shape of a Signature.
             * @typedef {tillgate.v1.Signature.$Properties} tillgate.v1.Signature.$Shape
             */

            /**
             * Constructs a new Signature.
             * @memberof tillgate.v1
             * @classdesc Represents a Signature.
             * @constructor
             * @param {tillgate.v1.Signature.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Signature = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Signature alg.
             * @member {number} alg
             * @memberof tillgate.v1.Signature
             * @instance
             */
            Signature.prototype.alg = 0;

            /**
             * Signature kid.
             * @member {Uint8Array} kid
             * @memberof tillgate.v1.Signature
             * @instance
             */
            Signature.prototype.kid = $util.newBuffer([]);

            /**
             * Signature treeSize.
             * @member {number} treeSize
             * @memberof tillgate.v1.Signature
             * @instance
             */
            Signature.prototype.treeSize = 0;

            /**
             * Signature index.
             * @member {number} index
             * @memberof tillgate.v1.Signature
             * @instance
             */
            Signature.prototype.index = 0;

            /**
             * Signature path.
             * @member {Uint8Array} path
             * @memberof tillgate.v1.Signature
             * @instance
             */
            Signature.prototype.path = $util.newBuffer([]);

            /**
             * Signature signature.
             * @member {Uint8Array} signature
             * @memberof tillgate.v1.Signature
             * @instance
             */
            Signature.prototype.signature = $util.newBuffer([]);

            /**
             * Encodes the specified Signature message. Does not implicitly {@link tillgate.v1.Signature.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Signature
             * @static
             * @param {tillgate.v1.Signature.$Properties} message Signature message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Signature.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.alg != null && $Object.hasOwnProperty.call(message, "alg") && message.alg !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.alg);
                if (message.kid != null && $Object.hasOwnProperty.call(message, "kid") && message.kid.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.kid);
                if (message.treeSize != null && $Object.hasOwnProperty.call(message, "treeSize") && message.treeSize !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.treeSize);
                if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.index);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.path);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Signature message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Signature
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Signature & tillgate.v1.Signature.$Shape} Signature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Signature.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Signature();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.alg = value;
                            else
                                delete message.alg;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.kid = value;
                            else
                                delete message.kid;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.treeSize = value;
                            else
                                delete message.treeSize;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.index = value;
                            else
                                delete message.index;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Signature;
        })();

        v1.Mac = (function() {

            /**
             * Properties of a Mac.
             * @typedef {Object} tillgate.v1.Mac.$Properties
             * @property {Uint8Array|null} [sessionId] Mac sessionId
             * @property {number|null} [counter] Mac counter
             * @property {Uint8Array|null} [tag] Mac tag
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Mac.
             * @memberof tillgate.v1
             * @interface IMac
             * @augments tillgate.v1.Mac.$Properties
             * @deprecated Use tillgate.v1.Mac.$Properties instead.
             */

            /**
             * Shape of a Mac.
             * @typedef {tillgate.v1.Mac.$Properties} tillgate.v1.Mac.$Shape
             */

            /**
             * Constructs a new Mac.
             * @memberof tillgate.v1
             * @classdesc Represents a Mac.
             * @constructor
             * @param {tillgate.v1.Mac.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Mac = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Mac sessionId.
             * @member {Uint8Array} sessionId
             * @memberof tillgate.v1.Mac
             * @instance
             */
            Mac.prototype.sessionId = $util.newBuffer([]);

            /**
             * Mac counter.
             * @member {number} counter
             * @memberof tillgate.v1.Mac
             * @instance
             */
            Mac.prototype.counter = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Mac tag.
             * @member {Uint8Array} tag
             * @memberof tillgate.v1.Mac
             * @instance
             */
            Mac.prototype.tag = $util.newBuffer([]);

            /**
             * Encodes the specified Mac message. Does not implicitly {@link tillgate.v1.Mac.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Mac
             * @static
             * @param {tillgate.v1.Mac.$Properties} message Mac message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Mac.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionId != null && $Object.hasOwnProperty.call(message, "sessionId") && message.sessionId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.sessionId);
                if (message.counter != null && $Object.hasOwnProperty.call(message, "counter") && (typeof message.counter === "object" ? message.counter.low || message.counter.high : message.counter !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.counter);
                if (message.tag != null && $Object.hasOwnProperty.call(message, "tag") && message.tag.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.tag);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Mac message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Mac
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Mac & tillgate.v1.Mac.$Shape} Mac
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Mac.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Mac();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sessionId = value;
                            else
                                delete message.sessionId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.counter = value;
                            else
                                delete message.counter;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.tag = value;
                            else
                                delete message.tag;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Mac;
        })();

        /**
         * Algorithm enum.
         * @name tillgate.v1.Algorithm
         * @enum {number}
         * @property {number} ALGORITHM_UNSPECIFIED=0 ALGORITHM_UNSPECIFIED value
         * @property {number} ES256=1 ES256 value
         * @property {number} ED25519=2 ED25519 value
         * @property {number} PS256=3 PS256 value
         */
        v1.Algorithm = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "ALGORITHM_UNSPECIFIED"] = 0;
            values[valuesById[1] = "ES256"] = 1;
            values[valuesById[2] = "ED25519"] = 2;
            values[valuesById[3] = "PS256"] = 3;
            return values;
        })();

        v1.Downlink = (function() {

            /**
             * Properties of a Downlink.
             * @typedef {Object} tillgate.v1.Downlink.$Properties
             * @property {number|null} [version] Downlink version
             * @property {string|null} [sn] Downlink sn
             * @property {Uint8Array|null} [messageId] Downlink messageId
             * @property {tillgate.v1.Welcome.$Properties|null} [welcome] Downlink welcome
             * @property {tillgate.v1.Command.$Properties|null} [command] Downlink command
             * @property {tillgate.v1.Proceed.$Properties|null} [proceed] Downlink proceed
             * @property {tillgate.v1.Abort.$Properties|null} [abort] Downlink abort
             * @property {tillgate.v1.Query.$Properties|null} [query] Downlink query
             * @property {tillgate.v1.HelloRequest.$Properties|null} [helloRequest] Downlink helloRequest
             * @property {tillgate.v1.Receipt.$Properties|null} [receipt] Downlink receipt
             * @property {tillgate.v1.SignerList.$Properties|null} [signerList] Downlink signerList
             * @property {tillgate.v1.RenewCertificate.$Properties|null} [renewCertificate] Downlink renewCertificate
             * @property {"welcome"|"command"|"proceed"|"abort"|"query"|"helloRequest"|"receipt"|"signerList"|"renewCertificate"} [message] Downlink message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Downlink.
             * @memberof tillgate.v1
             * @interface IDownlink
             * @augments tillgate.v1.Downlink.$Properties
             * @deprecated Use tillgate.v1.Downlink.$Properties instead.
             */

            /**
             * Narrowed shape of a Downlink.
             * @typedef {{
             *   version?: number|null;
             *   sn?: string|null;
             *   messageId?: Uint8Array|null;
             *   welcome?: tillgate.v1.Welcome.$Shape|null;
             *   command?: tillgate.v1.Command.$Shape|null;
             *   proceed?: tillgate.v1.Proceed.$Shape|null;
             *   abort?: tillgate.v1.Abort.$Shape|null;
             *   query?: tillgate.v1.Query.$Shape|null;
             *   helloRequest?: tillgate.v1.HelloRequest.$Shape|null;
             *   receipt?: tillgate.v1.Receipt.$Shape|null;
             *   signerList?: tillgate.v1.SignerList.$Shape|null;
             *   renewCertificate?: tillgate.v1.RenewCertificate.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ message?: undefined; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "welcome"; welcome: tillgate.v1.Welcome.$Shape; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "command"; welcome?: null; command: tillgate.v1.Command.$Shape; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "proceed"; welcome?: null; command?: null; proceed: tillgate.v1.Proceed.$Shape; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "abort"; welcome?: null; command?: null; proceed?: null; abort: tillgate.v1.Abort.$Shape; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "query"; welcome?: null; command?: null; proceed?: null; abort?: null; query: tillgate.v1.Query.$Shape; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "helloRequest"; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest: tillgate.v1.HelloRequest.$Shape; receipt?: null; signerList?: null; renewCertificate?: null }|{ message?: "receipt"; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt: tillgate.v1.Receipt.$Shape; signerList?: null; renewCertificate?: null }|{ message?: "signerList"; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList: tillgate.v1.SignerList.$Shape; renewCertificate?: null }|{ message?: "renewCertificate"; welcome?: null; command?: null; proceed?: null; abort?: null; query?: null; helloRequest?: null; receipt?: null; signerList?: null; renewCertificate: tillgate.v1.RenewCertificate.$Shape })
             * )} tillgate.v1.Downlink.$Shape
             */

            /**
             * Constructs a new Downlink.
             * @memberof tillgate.v1
             * @classdesc Represents a Downlink.
             * @constructor
             * @param {tillgate.v1.Downlink.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Downlink = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Downlink version.
             * @member {number} version
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.version = 0;

            /**
             * Downlink sn.
             * @member {string} sn
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.sn = "";

            /**
             * Downlink messageId.
             * @member {Uint8Array} messageId
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.messageId = $util.newBuffer([]);

            /**
             * Downlink welcome.
             * @member {tillgate.v1.Welcome.$Properties|null|undefined} welcome
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.welcome = null;

            /**
             * Downlink command.
             * @member {tillgate.v1.Command.$Properties|null|undefined} command
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.command = null;

            /**
             * Downlink proceed.
             * @member {tillgate.v1.Proceed.$Properties|null|undefined} proceed
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.proceed = null;

            /**
             * Downlink abort.
             * @member {tillgate.v1.Abort.$Properties|null|undefined} abort
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.abort = null;

            /**
             * Downlink query.
             * @member {tillgate.v1.Query.$Properties|null|undefined} query
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.query = null;

            /**
             * Downlink helloRequest.
             * @member {tillgate.v1.HelloRequest.$Properties|null|undefined} helloRequest
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.helloRequest = null;

            /**
             * Downlink receipt.
             * @member {tillgate.v1.Receipt.$Properties|null|undefined} receipt
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.receipt = null;

            /**
             * Downlink signerList.
             * @member {tillgate.v1.SignerList.$Properties|null|undefined} signerList
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.signerList = null;

            /**
             * Downlink renewCertificate.
             * @member {tillgate.v1.RenewCertificate.$Properties|null|undefined} renewCertificate
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            Downlink.prototype.renewCertificate = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Downlink message.
             * @member {"welcome"|"command"|"proceed"|"abort"|"query"|"helloRequest"|"receipt"|"signerList"|"renewCertificate"|undefined} message
             * @memberof tillgate.v1.Downlink
             * @instance
             */
            $Object.defineProperty(Downlink.prototype, "message", {
                get: $util.oneOfGetter($oneOfFields = ["welcome", "command", "proceed", "abort", "query", "helloRequest", "receipt", "signerList", "renewCertificate"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Downlink message. Does not implicitly {@link tillgate.v1.Downlink.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Downlink
             * @static
             * @param {tillgate.v1.Downlink.$Properties} message Downlink message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Downlink.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                if (message.sn != null && $Object.hasOwnProperty.call(message, "sn") && message.sn !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.sn);
                if (message.messageId != null && $Object.hasOwnProperty.call(message, "messageId") && message.messageId.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.messageId);
                if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome"))
                    $root.tillgate.v1.Welcome.encode(message.welcome, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.command != null && $Object.hasOwnProperty.call(message, "command"))
                    $root.tillgate.v1.Command.encode(message.command, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.proceed != null && $Object.hasOwnProperty.call(message, "proceed"))
                    $root.tillgate.v1.Proceed.encode(message.proceed, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.abort != null && $Object.hasOwnProperty.call(message, "abort"))
                    $root.tillgate.v1.Abort.encode(message.abort, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.query != null && $Object.hasOwnProperty.call(message, "query"))
                    $root.tillgate.v1.Query.encode(message.query, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.helloRequest != null && $Object.hasOwnProperty.call(message, "helloRequest"))
                    $root.tillgate.v1.HelloRequest.encode(message.helloRequest, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.receipt != null && $Object.hasOwnProperty.call(message, "receipt"))
                    $root.tillgate.v1.Receipt.encode(message.receipt, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                if (message.signerList != null && $Object.hasOwnProperty.call(message, "signerList"))
                    $root.tillgate.v1.SignerList.encode(message.signerList, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
                if (message.renewCertificate != null && $Object.hasOwnProperty.call(message, "renewCertificate"))
                    $root.tillgate.v1.RenewCertificate.encode(message.renewCertificate, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Downlink message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Downlink
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Downlink & tillgate.v1.Downlink.$Shape} Downlink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Downlink.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Downlink();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sn = value;
                            else
                                delete message.sn;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.messageId = value;
                            else
                                delete message.messageId;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.welcome = $root.tillgate.v1.Welcome.decode(reader, reader.size(), $undefined, _depth + 1, message.welcome);
                            message.message = "welcome";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.command = $root.tillgate.v1.Command.decode(reader, reader.size(), $undefined, _depth + 1, message.command);
                            message.message = "command";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.proceed = $root.tillgate.v1.Proceed.decode(reader, reader.size(), $undefined, _depth + 1, message.proceed);
                            message.message = "proceed";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.abort = $root.tillgate.v1.Abort.decode(reader, reader.size(), $undefined, _depth + 1, message.abort);
                            message.message = "abort";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.query = $root.tillgate.v1.Query.decode(reader, reader.size(), $undefined, _depth + 1, message.query);
                            message.message = "query";
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.helloRequest = $root.tillgate.v1.HelloRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.helloRequest);
                            message.message = "helloRequest";
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.receipt = $root.tillgate.v1.Receipt.decode(reader, reader.size(), $undefined, _depth + 1, message.receipt);
                            message.message = "receipt";
                            continue;
                        }
                    case 23: {
                            if (wireType !== 2)
                                break;
                            message.signerList = $root.tillgate.v1.SignerList.decode(reader, reader.size(), $undefined, _depth + 1, message.signerList);
                            message.message = "signerList";
                            continue;
                        }
                    case 24: {
                            if (wireType !== 2)
                                break;
                            message.renewCertificate = $root.tillgate.v1.RenewCertificate.decode(reader, reader.size(), $undefined, _depth + 1, message.renewCertificate);
                            message.message = "renewCertificate";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Downlink;
        })();

        v1.Welcome = (function() {

            /**
             * Properties of a Welcome.
             * @typedef {Object} tillgate.v1.Welcome.$Properties
             * @property {Uint8Array|null} [sessionNonce] Welcome sessionNonce
             * @property {Uint8Array|null} [helloHash] Welcome helloHash
             * @property {Uint8Array|null} [sessionId] Welcome sessionId
             * @property {number|null} [timeMs] Welcome timeMs
             * @property {Uint8Array|null} [keyShare] Welcome keyShare
             * @property {number|null} [signerListVersion] Welcome signerListVersion
             * @property {number|null} [heartbeatS] Welcome heartbeatS
             * @property {number|null} [lastUplinkSeq] Welcome lastUplinkSeq
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Welcome.
             * @memberof tillgate.v1
             * @interface IWelcome
             * @augments tillgate.v1.Welcome.$Properties
             * @deprecated Use tillgate.v1.Welcome.$Properties instead.
             */

            /**
             * Shape of a Welcome.
             * @typedef {tillgate.v1.Welcome.$Properties} tillgate.v1.Welcome.$Shape
             */

            /**
             * Constructs a new Welcome.
             * @memberof tillgate.v1
             * @classdesc Represents a Welcome.
             * @constructor
             * @param {tillgate.v1.Welcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Welcome = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Welcome sessionNonce.
             * @member {Uint8Array} sessionNonce
             * @memberof tillgate.v1.Welcome
             * @instance
             */
            Welcome.prototype.sessionNonce = $util.newBuffer([]);

            /**
             * Welcome helloHash.
             * @member {Uint8Array} helloHash
             * @memberof tillgate.v1.Welcome
             * @instance
             */
            Welcome.prototype.helloHash = $util.newBuffer([]);

            /**
             * Welcome sessionId.
             * @member {Uint8Array} sessionId
             * @memberof tillgate.v1.Welcome
             * @instance
             */
            Welcome.prototype.sessionId = $util.newBuffer([]);

            /**
             * Welcome timeMs.
             * @member {number} timeMs
             * @memberof tillgate.v1.Welcome
             * @instance
             */
            Welcome.prototype.timeMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Welcome keyShare.
             * @member {Uint8Array} keyShare
             * @memberof tillgate.v1.Welcome
             * @instance
             */
            Welcome.prototype.keyShare = $util.newBuffer([]);

            /**
             * Welcome signerListVersion.
             * @member {number} signerListVersion
             * @memberof tillgate.v1.Welcome
             * @instance
             */
            Welcome.prototype.signerListVersion = 0;

            /**
             * Welcome heartbeatS.
             * @member {number} heartbeatS
             * @memberof tillgate.v1.Welcome
             * @instance
             */
            Welcome.prototype.heartbeatS = 0;

            /**
             * Welcome lastUplinkSeq.
             * @member {number} lastUplinkSeq
             * @memberof tillgate.v1.Welcome
             * @instance
             */
            Welcome.prototype.lastUplinkSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link tillgate.v1.Welcome.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Welcome
             * @static
             * @param {tillgate.v1.Welcome.$Properties} message Welcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Welcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionNonce != null && $Object.hasOwnProperty.call(message, "sessionNonce") && message.sessionNonce.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.sessionNonce);
                if (message.helloHash != null && $Object.hasOwnProperty.call(message, "helloHash") && message.helloHash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.helloHash);
                if (message.sessionId != null && $Object.hasOwnProperty.call(message, "sessionId") && message.sessionId.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.sessionId);
                if (message.timeMs != null && $Object.hasOwnProperty.call(message, "timeMs") && (typeof message.timeMs === "object" ? message.timeMs.low || message.timeMs.high : message.timeMs !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.timeMs);
                if (message.keyShare != null && $Object.hasOwnProperty.call(message, "keyShare") && message.keyShare.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.keyShare);
                if (message.signerListVersion != null && $Object.hasOwnProperty.call(message, "signerListVersion") && message.signerListVersion !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.signerListVersion);
                if (message.heartbeatS != null && $Object.hasOwnProperty.call(message, "heartbeatS") && message.heartbeatS !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.heartbeatS);
                if (message.lastUplinkSeq != null && $Object.hasOwnProperty.call(message, "lastUplinkSeq") && (typeof message.lastUplinkSeq === "object" ? message.lastUplinkSeq.low || message.lastUplinkSeq.high : message.lastUplinkSeq !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.lastUplinkSeq);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Welcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Welcome & tillgate.v1.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Welcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Welcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sessionNonce = value;
                            else
                                delete message.sessionNonce;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.helloHash = value;
                            else
                                delete message.helloHash;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sessionId = value;
                            else
                                delete message.sessionId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.timeMs = value;
                            else
                                delete message.timeMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.keyShare = value;
                            else
                                delete message.keyShare;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.signerListVersion = value;
                            else
                                delete message.signerListVersion;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.heartbeatS = value;
                            else
                                delete message.heartbeatS;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastUplinkSeq = value;
                            else
                                delete message.lastUplinkSeq;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Welcome;
        })();

        /**
         * CommandType enum.
         * @name tillgate.v1.CommandType
         * @enum {number}
         * @property {number} COMMAND_TYPE_UNSPECIFIED=0 COMMAND_TYPE_UNSPECIFIED value
         * @property {number} SELF_TEST=1 SELF_TEST value
         * @property {number} BIND=2 BIND value
         * @property {number} LOCK=3 LOCK value
         * @property {number} UNLOCK=4 UNLOCK value
         * @property {number} UNBIND=64 UNBIND value
         */
        v1.CommandType = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "COMMAND_TYPE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "SELF_TEST"] = 1;
            values[valuesById[2] = "BIND"] = 2;
            values[valuesById[3] = "LOCK"] = 3;
            values[valuesById[4] = "UNLOCK"] = 4;
            values[valuesById[64] = "UNBIND"] = 64;
            return values;
        })();

        v1.Command = (function() {

            /**
             * Properties of a Command.
             * @typedef {Object} tillgate.v1.Command.$Properties
             * @property {Uint8Array|null} [commandId] Command commandId
             * @property {number|null} [type] Command type
             * @property {number|null} [assetEpoch] Command assetEpoch
             * @property {number|null} [bindingEpoch] Command bindingEpoch
             * @property {number|null} [seq] Command seq
             * @property {number|null} [issuedAtMs] Command issuedAtMs
             * @property {number|null} [notAfterMs] Command notAfterMs
             * @property {Uint8Array|null} [sessionNonce] Command sessionNonce
             * @property {Uint8Array|null} [approvalHash] Command approvalHash
             * @property {Uint8Array|null} [payload] Command payload
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Command.
             * @memberof tillgate.v1
             * @interface ICommand
             * @augments tillgate.v1.Command.$Properties
             * @deprecated Use tillgate.v1.Command.$Properties instead.
             */

            /**
             * Shape of a Command.
             * @typedef {tillgate.v1.Command.$Properties} tillgate.v1.Command.$Shape
             */

            /**
             * Constructs a new Command.
             * @memberof tillgate.v1
             * @classdesc Represents a Command.
             * @constructor
             * @param {tillgate.v1.Command.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Command = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Command commandId.
             * @member {Uint8Array} commandId
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.commandId = $util.newBuffer([]);

            /**
             * Command type.
             * @member {number} type
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.type = 0;

            /**
             * Command assetEpoch.
             * @member {number} assetEpoch
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.assetEpoch = 0;

            /**
             * Command bindingEpoch.
             * @member {number} bindingEpoch
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.bindingEpoch = 0;

            /**
             * Command seq.
             * @member {number} seq
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Command issuedAtMs.
             * @member {number} issuedAtMs
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.issuedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Command notAfterMs.
             * @member {number} notAfterMs
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.notAfterMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Command sessionNonce.
             * @member {Uint8Array} sessionNonce
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.sessionNonce = $util.newBuffer([]);

            /**
             * Command approvalHash.
             * @member {Uint8Array} approvalHash
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.approvalHash = $util.newBuffer([]);

            /**
             * Command payload.
             * @member {Uint8Array} payload
             * @memberof tillgate.v1.Command
             * @instance
             */
            Command.prototype.payload = $util.newBuffer([]);

            /**
             * Encodes the specified Command message. Does not implicitly {@link tillgate.v1.Command.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Command
             * @static
             * @param {tillgate.v1.Command.$Properties} message Command message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Command.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.commandId != null && $Object.hasOwnProperty.call(message, "commandId") && message.commandId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.commandId);
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.type);
                if (message.assetEpoch != null && $Object.hasOwnProperty.call(message, "assetEpoch") && message.assetEpoch !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.assetEpoch);
                if (message.bindingEpoch != null && $Object.hasOwnProperty.call(message, "bindingEpoch") && message.bindingEpoch !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.bindingEpoch);
                if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.seq);
                if (message.issuedAtMs != null && $Object.hasOwnProperty.call(message, "issuedAtMs") && (typeof message.issuedAtMs === "object" ? message.issuedAtMs.low || message.issuedAtMs.high : message.issuedAtMs !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.issuedAtMs);
                if (message.notAfterMs != null && $Object.hasOwnProperty.call(message, "notAfterMs") && (typeof message.notAfterMs === "object" ? message.notAfterMs.low || message.notAfterMs.high : message.notAfterMs !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.notAfterMs);
                if (message.sessionNonce != null && $Object.hasOwnProperty.call(message, "sessionNonce") && message.sessionNonce.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.sessionNonce);
                if (message.approvalHash != null && $Object.hasOwnProperty.call(message, "approvalHash") && message.approvalHash.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.approvalHash);
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.payload);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Command message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Command
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Command & tillgate.v1.Command.$Shape} Command
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Command.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Command();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.commandId = value;
                            else
                                delete message.commandId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.type = value;
                            else
                                delete message.type;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.assetEpoch = value;
                            else
                                delete message.assetEpoch;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.bindingEpoch = value;
                            else
                                delete message.bindingEpoch;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.seq = value;
                            else
                                delete message.seq;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.issuedAtMs = value;
                            else
                                delete message.issuedAtMs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.notAfterMs = value;
                            else
                                delete message.notAfterMs;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sessionNonce = value;
                            else
                                delete message.sessionNonce;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.approvalHash = value;
                            else
                                delete message.approvalHash;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.payload = value;
                            else
                                delete message.payload;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Command;
        })();

        v1.SelfTest = (function() {

            /**
             * Properties of a SelfTest.
             * @typedef {Object} tillgate.v1.SelfTest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SelfTest.
             * @memberof tillgate.v1
             * @interface ISelfTest
             * @augments tillgate.v1.SelfTest.$Properties
             * @deprecated Use tillgate.v1.SelfTest.$Properties instead.
             */

            /**
             * Shape of a SelfTest.
             * @typedef {tillgate.v1.SelfTest.$Properties} tillgate.v1.SelfTest.$Shape
             */

            /**
             * Constructs a new SelfTest.
             * @memberof tillgate.v1
             * @classdesc Represents a SelfTest.
             * @constructor
             * @param {tillgate.v1.SelfTest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SelfTest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified SelfTest message. Does not implicitly {@link tillgate.v1.SelfTest.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.SelfTest
             * @static
             * @param {tillgate.v1.SelfTest.$Properties} message SelfTest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SelfTest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SelfTest message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.SelfTest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.SelfTest & tillgate.v1.SelfTest.$Shape} SelfTest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SelfTest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.SelfTest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SelfTest;
        })();

        v1.Bind = (function() {

            /**
             * Properties of a Bind.
             * @typedef {Object} tillgate.v1.Bind.$Properties
             * @property {string|null} [acquirerCode] Bind acquirerCode
             * @property {string|null} [mid] Bind mid
             * @property {string|null} [tid] Bind tid
             * @property {string|null} [merchantName] Bind merchantName
             * @property {string|null} [storeId] Bind storeId
             * @property {boolean|null} [keepKeys] Bind keepKeys
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Bind.
             * @memberof tillgate.v1
             * @interface IBind
             * @augments tillgate.v1.Bind.$Properties
             * @deprecated Use tillgate.v1.Bind.$Properties instead.
             */

            /**
             * Shape of a Bind.
             * @typedef {tillgate.v1.Bind.$Properties} tillgate.v1.Bind.$Shape
             */

            /**
             * Constructs a new Bind.
             * @memberof tillgate.v1
             * @classdesc Represents a Bind.
             * @constructor
             * @param {tillgate.v1.Bind.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Bind = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Bind acquirerCode.
             * @member {string} acquirerCode
             * @memberof tillgate.v1.Bind
             * @instance
             */
            Bind.prototype.acquirerCode = "";

            /**
             * Bind mid.
             * @member {string} mid
             * @memberof tillgate.v1.Bind
             * @instance
             */
            Bind.prototype.mid = "";

            /**
             * Bind tid.
             * @member {string} tid
             * @memberof tillgate.v1.Bind
             * @instance
             */
            Bind.prototype.tid = "";

            /**
             * Bind merchantName.
             * @member {string} merchantName
             * @memberof tillgate.v1.Bind
             * @instance
             */
            Bind.prototype.merchantName = "";

            /**
             * Bind storeId.
             * @member {string} storeId
             * @memberof tillgate.v1.Bind
             * @instance
             */
            Bind.prototype.storeId = "";

            /**
             * Bind keepKeys.
             * @member {boolean} keepKeys
             * @memberof tillgate.v1.Bind
             * @instance
             */
            Bind.prototype.keepKeys = false;

            /**
             * Encodes the specified Bind message. Does not implicitly {@link tillgate.v1.Bind.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Bind
             * @static
             * @param {tillgate.v1.Bind.$Properties} message Bind message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Bind.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.acquirerCode != null && $Object.hasOwnProperty.call(message, "acquirerCode") && message.acquirerCode !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.acquirerCode);
                if (message.mid != null && $Object.hasOwnProperty.call(message, "mid") && message.mid !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.mid);
                if (message.tid != null && $Object.hasOwnProperty.call(message, "tid") && message.tid !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.tid);
                if (message.merchantName != null && $Object.hasOwnProperty.call(message, "merchantName") && message.merchantName !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.merchantName);
                if (message.storeId != null && $Object.hasOwnProperty.call(message, "storeId") && message.storeId !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.storeId);
                if (message.keepKeys != null && $Object.hasOwnProperty.call(message, "keepKeys") && message.keepKeys !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.keepKeys);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Bind message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Bind
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Bind & tillgate.v1.Bind.$Shape} Bind
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Bind.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Bind();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.acquirerCode = value;
                            else
                                delete message.acquirerCode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.mid = value;
                            else
                                delete message.mid;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.tid = value;
                            else
                                delete message.tid;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.merchantName = value;
                            else
                                delete message.merchantName;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.storeId = value;
                            else
                                delete message.storeId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.keepKeys = value;
                            else
                                delete message.keepKeys;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Bind;
        })();

        v1.Unbind = (function() {

            /**
             * Properties of an Unbind.
             * @typedef {Object} tillgate.v1.Unbind.$Properties
             * @property {string|null} [reason] Unbind reason
             * @property {string|null} [mid] Unbind mid
             * @property {string|null} [tid] Unbind tid
             * @property {number|null} [settleTimeoutS] Unbind settleTimeoutS
             * @property {boolean|null} [withoutSettlement] Unbind withoutSettlement
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Unbind.
             * @memberof tillgate.v1
             * @interface IUnbind
             * @augments tillgate.v1.Unbind.$Properties
             * @deprecated Use tillgate.v1.Unbind.$Properties instead.
             */

            /**
             * Shape of an Unbind.
             * @typedef {tillgate.v1.Unbind.$Properties} tillgate.v1.Unbind.$Shape
             */

            /**
             * Constructs a new Unbind.
             * @memberof tillgate.v1
             * @classdesc Represents an Unbind.
             * @constructor
             * @param {tillgate.v1.Unbind.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Unbind = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Unbind reason.
             * @member {string} reason
             * @memberof tillgate.v1.Unbind
             * @instance
             */
            Unbind.prototype.reason = "";

            /**
             * Unbind mid.
             * @member {string} mid
             * @memberof tillgate.v1.Unbind
             * @instance
             */
            Unbind.prototype.mid = "";

            /**
             * Unbind tid.
             * @member {string} tid
             * @memberof tillgate.v1.Unbind
             * @instance
             */
            Unbind.prototype.tid = "";

            /**
             * Unbind settleTimeoutS.
             * @member {number} settleTimeoutS
             * @memberof tillgate.v1.Unbind
             * @instance
             */
            Unbind.prototype.settleTimeoutS = 0;

            /**
             * Unbind withoutSettlement.
             * @member {boolean} withoutSettlement
             * @memberof tillgate.v1.Unbind
             * @instance
             */
            Unbind.prototype.withoutSettlement = false;

            /**
             * Encodes the specified Unbind message. Does not implicitly {@link tillgate.v1.Unbind.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Unbind
             * @static
             * @param {tillgate.v1.Unbind.$Properties} message Unbind message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Unbind.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.mid != null && $Object.hasOwnProperty.call(message, "mid") && message.mid !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.mid);
                if (message.tid != null && $Object.hasOwnProperty.call(message, "tid") && message.tid !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.tid);
                if (message.settleTimeoutS != null && $Object.hasOwnProperty.call(message, "settleTimeoutS") && message.settleTimeoutS !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.settleTimeoutS);
                if (message.withoutSettlement != null && $Object.hasOwnProperty.call(message, "withoutSettlement") && message.withoutSettlement !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.withoutSettlement);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Unbind message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Unbind
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Unbind & tillgate.v1.Unbind.$Shape} Unbind
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Unbind.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Unbind();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.mid = value;
                            else
                                delete message.mid;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.tid = value;
                            else
                                delete message.tid;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.settleTimeoutS = value;
                            else
                                delete message.settleTimeoutS;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.withoutSettlement = value;
                            else
                                delete message.withoutSettlement;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Unbind;
        })();

        v1.Lock = (function() {

            /**
             * Properties of a Lock.
             * @typedef {Object} tillgate.v1.Lock.$Properties
             * @property {string|null} [reason] Lock reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Lock.
             * @memberof tillgate.v1
             * @interface ILock
             * @augments tillgate.v1.Lock.$Properties
             * @deprecated Use tillgate.v1.Lock.$Properties instead.
             */

            /**
             * Shape of a Lock.
             * @typedef {tillgate.v1.Lock.$Properties} tillgate.v1.Lock.$Shape
             */

            /**
             * Constructs a new Lock.
             * @memberof tillgate.v1
             * @classdesc Represents a Lock.
             * @constructor
             * @param {tillgate.v1.Lock.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Lock = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Lock reason.
             * @member {string} reason
             * @memberof tillgate.v1.Lock
             * @instance
             */
            Lock.prototype.reason = "";

            /**
             * Encodes the specified Lock message. Does not implicitly {@link tillgate.v1.Lock.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Lock
             * @static
             * @param {tillgate.v1.Lock.$Properties} message Lock message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Lock.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Lock message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Lock
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Lock & tillgate.v1.Lock.$Shape} Lock
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Lock.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Lock();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Lock;
        })();

        v1.Unlock = (function() {

            /**
             * Properties of an Unlock.
             * @typedef {Object} tillgate.v1.Unlock.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Unlock.
             * @memberof tillgate.v1
             * @interface IUnlock
             * @augments tillgate.v1.Unlock.$Properties
             * @deprecated Use tillgate.v1.Unlock.$Properties instead.
             */

            /**
             * Shape of an Unlock.
             * @typedef {tillgate.v1.Unlock.$Properties} tillgate.v1.Unlock.$Shape
             */

            /**
             * Constructs a new Unlock.
             * @memberof tillgate.v1
             * @classdesc Represents an Unlock.
             * @constructor
             * @param {tillgate.v1.Unlock.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Unlock = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Unlock message. Does not implicitly {@link tillgate.v1.Unlock.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Unlock
             * @static
             * @param {tillgate.v1.Unlock.$Properties} message Unlock message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Unlock.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Unlock message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Unlock
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Unlock & tillgate.v1.Unlock.$Shape} Unlock
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Unlock.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Unlock();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Unlock;
        })();

        v1.Proceed = (function() {

            /**
             * Properties of a Proceed.
             * @typedef {Object} tillgate.v1.Proceed.$Properties
             * @property {Uint8Array|null} [commandId] Proceed commandId
             * @property {number|null} [seq] Proceed seq
             * @property {Uint8Array|null} [readyNonce] Proceed readyNonce
             * @property {Uint8Array|null} [commandHash] Proceed commandHash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Proceed.
             * @memberof tillgate.v1
             * @interface IProceed
             * @augments tillgate.v1.Proceed.$Properties
             * @deprecated Use tillgate.v1.Proceed.$Properties instead.
             */

            /**
             * Shape of a Proceed.
             * @typedef {tillgate.v1.Proceed.$Properties} tillgate.v1.Proceed.$Shape
             */

            /**
             * Constructs a new Proceed.
             * @memberof tillgate.v1
             * @classdesc Represents a Proceed.
             * @constructor
             * @param {tillgate.v1.Proceed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Proceed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Proceed commandId.
             * @member {Uint8Array} commandId
             * @memberof tillgate.v1.Proceed
             * @instance
             */
            Proceed.prototype.commandId = $util.newBuffer([]);

            /**
             * Proceed seq.
             * @member {number} seq
             * @memberof tillgate.v1.Proceed
             * @instance
             */
            Proceed.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Proceed readyNonce.
             * @member {Uint8Array} readyNonce
             * @memberof tillgate.v1.Proceed
             * @instance
             */
            Proceed.prototype.readyNonce = $util.newBuffer([]);

            /**
             * Proceed commandHash.
             * @member {Uint8Array} commandHash
             * @memberof tillgate.v1.Proceed
             * @instance
             */
            Proceed.prototype.commandHash = $util.newBuffer([]);

            /**
             * Encodes the specified Proceed message. Does not implicitly {@link tillgate.v1.Proceed.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Proceed
             * @static
             * @param {tillgate.v1.Proceed.$Properties} message Proceed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Proceed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.commandId != null && $Object.hasOwnProperty.call(message, "commandId") && message.commandId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.commandId);
                if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
                if (message.readyNonce != null && $Object.hasOwnProperty.call(message, "readyNonce") && message.readyNonce.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.readyNonce);
                if (message.commandHash != null && $Object.hasOwnProperty.call(message, "commandHash") && message.commandHash.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.commandHash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Proceed message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Proceed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Proceed & tillgate.v1.Proceed.$Shape} Proceed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Proceed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Proceed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.commandId = value;
                            else
                                delete message.commandId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.seq = value;
                            else
                                delete message.seq;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.readyNonce = value;
                            else
                                delete message.readyNonce;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.commandHash = value;
                            else
                                delete message.commandHash;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Proceed;
        })();

        v1.Abort = (function() {

            /**
             * Properties of an Abort.
             * @typedef {Object} tillgate.v1.Abort.$Properties
             * @property {Uint8Array|null} [commandId] Abort commandId
             * @property {number|null} [seq] Abort seq
             * @property {Uint8Array|null} [readyNonce] Abort readyNonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Abort.
             * @memberof tillgate.v1
             * @interface IAbort
             * @augments tillgate.v1.Abort.$Properties
             * @deprecated Use tillgate.v1.Abort.$Properties instead.
             */

            /**
             * Shape of an Abort.
             * @typedef {tillgate.v1.Abort.$Properties} tillgate.v1.Abort.$Shape
             */

            /**
             * Constructs a new Abort.
             * @memberof tillgate.v1
             * @classdesc Represents an Abort.
             * @constructor
             * @param {tillgate.v1.Abort.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Abort = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Abort commandId.
             * @member {Uint8Array} commandId
             * @memberof tillgate.v1.Abort
             * @instance
             */
            Abort.prototype.commandId = $util.newBuffer([]);

            /**
             * Abort seq.
             * @member {number} seq
             * @memberof tillgate.v1.Abort
             * @instance
             */
            Abort.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Abort readyNonce.
             * @member {Uint8Array} readyNonce
             * @memberof tillgate.v1.Abort
             * @instance
             */
            Abort.prototype.readyNonce = $util.newBuffer([]);

            /**
             * Encodes the specified Abort message. Does not implicitly {@link tillgate.v1.Abort.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Abort
             * @static
             * @param {tillgate.v1.Abort.$Properties} message Abort message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Abort.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.commandId != null && $Object.hasOwnProperty.call(message, "commandId") && message.commandId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.commandId);
                if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
                if (message.readyNonce != null && $Object.hasOwnProperty.call(message, "readyNonce") && message.readyNonce.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.readyNonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Abort message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Abort
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Abort & tillgate.v1.Abort.$Shape} Abort
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Abort.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Abort();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.commandId = value;
                            else
                                delete message.commandId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.seq = value;
                            else
                                delete message.seq;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.readyNonce = value;
                            else
                                delete message.readyNonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Abort;
        })();

        v1.Query = (function() {

            /**
             * Properties of a Query.
             * @typedef {Object} tillgate.v1.Query.$Properties
             * @property {Uint8Array|null} [commandId] Query commandId
             * @property {number|null} [seq] Query seq
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Query.
             * @memberof tillgate.v1
             * @interface IQuery
             * @augments tillgate.v1.Query.$Properties
             * @deprecated Use tillgate.v1.Query.$Properties instead.
             */

            /**
             * Shape of a Query.
             * @typedef {tillgate.v1.Query.$Properties} tillgate.v1.Query.$Shape
             */

            /**
             * Constructs a new Query.
             * @memberof tillgate.v1
             * @classdesc Represents a Query.
             * @constructor
             * @param {tillgate.v1.Query.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Query = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Query commandId.
             * @member {Uint8Array} commandId
             * @memberof tillgate.v1.Query
             * @instance
             */
            Query.prototype.commandId = $util.newBuffer([]);

            /**
             * Query seq.
             * @member {number} seq
             * @memberof tillgate.v1.Query
             * @instance
             */
            Query.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Query message. Does not implicitly {@link tillgate.v1.Query.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Query
             * @static
             * @param {tillgate.v1.Query.$Properties} message Query message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Query.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.commandId != null && $Object.hasOwnProperty.call(message, "commandId") && message.commandId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.commandId);
                if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.seq);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Query message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Query
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Query & tillgate.v1.Query.$Shape} Query
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Query.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Query();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.commandId = value;
                            else
                                delete message.commandId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.seq = value;
                            else
                                delete message.seq;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Query;
        })();

        v1.HelloRequest = (function() {

            /**
             * Properties of a HelloRequest.
             * @typedef {Object} tillgate.v1.HelloRequest.$Properties
             * @property {Uint8Array|null} [sessionNonce] HelloRequest sessionNonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HelloRequest.
             * @memberof tillgate.v1
             * @interface IHelloRequest
             * @augments tillgate.v1.HelloRequest.$Properties
             * @deprecated Use tillgate.v1.HelloRequest.$Properties instead.
             */

            /**
             * Shape of a HelloRequest.
             * @typedef {tillgate.v1.HelloRequest.$Properties} tillgate.v1.HelloRequest.$Shape
             */

            /**
             * Constructs a new HelloRequest.
             * @memberof tillgate.v1
             * @classdesc Represents a HelloRequest.
             * @constructor
             * @param {tillgate.v1.HelloRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HelloRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HelloRequest sessionNonce.
             * @member {Uint8Array} sessionNonce
             * @memberof tillgate.v1.HelloRequest
             * @instance
             */
            HelloRequest.prototype.sessionNonce = $util.newBuffer([]);

            /**
             * Encodes the specified HelloRequest message. Does not implicitly {@link tillgate.v1.HelloRequest.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.HelloRequest
             * @static
             * @param {tillgate.v1.HelloRequest.$Properties} message HelloRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HelloRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionNonce != null && $Object.hasOwnProperty.call(message, "sessionNonce") && message.sessionNonce.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.sessionNonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HelloRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.HelloRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.HelloRequest & tillgate.v1.HelloRequest.$Shape} HelloRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HelloRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.HelloRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sessionNonce = value;
                            else
                                delete message.sessionNonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return HelloRequest;
        })();

        v1.Receipt = (function() {

            /**
             * Properties of a Receipt.
             * @typedef {Object} tillgate.v1.Receipt.$Properties
             * @property {Uint8Array|null} [messageId] Receipt messageId
             * @property {Uint8Array|null} [hash] Receipt hash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Receipt.
             * @memberof tillgate.v1
             * @interface IReceipt
             * @augments tillgate.v1.Receipt.$Properties
             * @deprecated Use tillgate.v1.Receipt.$Properties instead.
             */

            /**
             * Shape of a Receipt.
             * @typedef {tillgate.v1.Receipt.$Properties} tillgate.v1.Receipt.$Shape
             */

            /**
             * Constructs a new Receipt.
             * @memberof tillgate.v1
             * @classdesc Represents a Receipt.
             * @constructor
             * @param {tillgate.v1.Receipt.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Receipt = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Receipt messageId.
             * @member {Uint8Array} messageId
             * @memberof tillgate.v1.Receipt
             * @instance
             */
            Receipt.prototype.messageId = $util.newBuffer([]);

            /**
             * Receipt hash.
             * @member {Uint8Array} hash
             * @memberof tillgate.v1.Receipt
             * @instance
             */
            Receipt.prototype.hash = $util.newBuffer([]);

            /**
             * Encodes the specified Receipt message. Does not implicitly {@link tillgate.v1.Receipt.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Receipt
             * @static
             * @param {tillgate.v1.Receipt.$Properties} message Receipt message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Receipt.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.messageId != null && $Object.hasOwnProperty.call(message, "messageId") && message.messageId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.messageId);
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.hash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Receipt message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Receipt
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Receipt & tillgate.v1.Receipt.$Shape} Receipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Receipt.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Receipt();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.messageId = value;
                            else
                                delete message.messageId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.hash = value;
                            else
                                delete message.hash;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Receipt;
        })();

        /**
         * Purpose enum.
         * @name tillgate.v1.Purpose
         * @enum {number}
         * @property {number} PURPOSE_UNSPECIFIED=0 PURPOSE_UNSPECIFIED value
         * @property {number} ORDINARY=1 ORDINARY value
         * @property {number} DESTRUCTIVE=2 DESTRUCTIVE value
         * @property {number} RECEIPT=3 RECEIPT value
         * @property {number} CHECKPOINT=4 CHECKPOINT value
         */
        v1.Purpose = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "PURPOSE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "ORDINARY"] = 1;
            values[valuesById[2] = "DESTRUCTIVE"] = 2;
            values[valuesById[3] = "RECEIPT"] = 3;
            values[valuesById[4] = "CHECKPOINT"] = 4;
            return values;
        })();

        v1.Signer = (function() {

            /**
             * Properties of a Signer.
             * @typedef {Object} tillgate.v1.Signer.$Properties
             * @property {Uint8Array|null} [kid] Signer kid
             * @property {number|null} [purpose] Signer purpose
             * @property {number|null} [alg] Signer alg
             * @property {Uint8Array|null} [publicKey] Signer publicKey
             * @property {number|null} [notBeforeMs] Signer notBeforeMs
             * @property {number|null} [notAfterMs] Signer notAfterMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Signer.
             * @memberof tillgate.v1
             * @interface ISigner
             * @augments tillgate.v1.Signer.$Properties
             * @deprecated Use tillgate.v1.Signer.$Properties instead.
             */

            /**
             * Shape of a Signer.
             * @typedef {tillgate.v1.Signer.$Properties} tillgate.v1.Signer.$Shape
             */

            /**
             * Constructs a new Signer.
             * @memberof tillgate.v1
             * @classdesc Represents a Signer.
             * @constructor
             * @param {tillgate.v1.Signer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Signer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Signer kid.
             * @member {Uint8Array} kid
             * @memberof tillgate.v1.Signer
             * @instance
             */
            Signer.prototype.kid = $util.newBuffer([]);

            /**
             * Signer purpose.
             * @member {number} purpose
             * @memberof tillgate.v1.Signer
             * @instance
             */
            Signer.prototype.purpose = 0;

            /**
             * Signer alg.
             * @member {number} alg
             * @memberof tillgate.v1.Signer
             * @instance
             */
            Signer.prototype.alg = 0;

            /**
             * Signer publicKey.
             * @member {Uint8Array} publicKey
             * @memberof tillgate.v1.Signer
             * @instance
             */
            Signer.prototype.publicKey = $util.newBuffer([]);

            /**
             * Signer notBeforeMs.
             * @member {number} notBeforeMs
             * @memberof tillgate.v1.Signer
             * @instance
             */
            Signer.prototype.notBeforeMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Signer notAfterMs.
             * @member {number} notAfterMs
             * @memberof tillgate.v1.Signer
             * @instance
             */
            Signer.prototype.notAfterMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Signer message. Does not implicitly {@link tillgate.v1.Signer.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Signer
             * @static
             * @param {tillgate.v1.Signer.$Properties} message Signer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Signer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kid != null && $Object.hasOwnProperty.call(message, "kid") && message.kid.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.kid);
                if (message.purpose != null && $Object.hasOwnProperty.call(message, "purpose") && message.purpose !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.purpose);
                if (message.alg != null && $Object.hasOwnProperty.call(message, "alg") && message.alg !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.alg);
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey") && message.publicKey.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.publicKey);
                if (message.notBeforeMs != null && $Object.hasOwnProperty.call(message, "notBeforeMs") && (typeof message.notBeforeMs === "object" ? message.notBeforeMs.low || message.notBeforeMs.high : message.notBeforeMs !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.notBeforeMs);
                if (message.notAfterMs != null && $Object.hasOwnProperty.call(message, "notAfterMs") && (typeof message.notAfterMs === "object" ? message.notAfterMs.low || message.notAfterMs.high : message.notAfterMs !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.notAfterMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Signer message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Signer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Signer & tillgate.v1.Signer.$Shape} Signer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Signer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Signer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.kid = value;
                            else
                                delete message.kid;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.purpose = value;
                            else
                                delete message.purpose;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.alg = value;
                            else
                                delete message.alg;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.publicKey = value;
                            else
                                delete message.publicKey;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.notBeforeMs = value;
                            else
                                delete message.notBeforeMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.notAfterMs = value;
                            else
                                delete message.notAfterMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Signer;
        })();

        v1.SignerList = (function() {

            /**
             * Properties of a SignerList.
             * @typedef {Object} tillgate.v1.SignerList.$Properties
             * @property {number|null} [listVersion] SignerList listVersion
             * @property {number|null} [issuedAtMs] SignerList issuedAtMs
             * @property {Array.<tillgate.v1.Signer.$Properties>|null} [signers] SignerList signers
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SignerList.
             * @memberof tillgate.v1
             * @interface ISignerList
             * @augments tillgate.v1.SignerList.$Properties
             * @deprecated Use tillgate.v1.SignerList.$Properties instead.
             */

            /**
             * Shape of a SignerList.
             * @typedef {tillgate.v1.SignerList.$Properties} tillgate.v1.SignerList.$Shape
             */

            /**
             * Constructs a new SignerList.
             * @memberof tillgate.v1
             * @classdesc Represents a SignerList.
             * @constructor
             * @param {tillgate.v1.SignerList.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SignerList = function (properties) {
                this.signers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SignerList listVersion.
             * @member {number} listVersion
             * @memberof tillgate.v1.SignerList
             * @instance
             */
            SignerList.prototype.listVersion = 0;

            /**
             * SignerList issuedAtMs.
             * @member {number} issuedAtMs
             * @memberof tillgate.v1.SignerList
             * @instance
             */
            SignerList.prototype.issuedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SignerList signers.
             * @member {Array.<tillgate.v1.Signer.$Properties>} signers
             * @memberof tillgate.v1.SignerList
             * @instance
             */
            SignerList.prototype.signers = $util.emptyArray;

            /**
             * Encodes the specified SignerList message. Does not implicitly {@link tillgate.v1.SignerList.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.SignerList
             * @static
             * @param {tillgate.v1.SignerList.$Properties} message SignerList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SignerList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.listVersion != null && $Object.hasOwnProperty.call(message, "listVersion") && message.listVersion !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.listVersion);
                if (message.issuedAtMs != null && $Object.hasOwnProperty.call(message, "issuedAtMs") && (typeof message.issuedAtMs === "object" ? message.issuedAtMs.low || message.issuedAtMs.high : message.issuedAtMs !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.issuedAtMs);
                if (message.signers != null && message.signers.length)
                    for (let i = 0; i < message.signers.length; ++i)
                        $root.tillgate.v1.Signer.encode(message.signers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SignerList message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.SignerList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.SignerList & tillgate.v1.SignerList.$Shape} SignerList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SignerList.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.SignerList();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.listVersion = value;
                            else
                                delete message.listVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.issuedAtMs = value;
                            else
                                delete message.issuedAtMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.signers && message.signers.length))
                                message.signers = [];
                            message.signers.push($root.tillgate.v1.Signer.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SignerList;
        })();

        v1.RenewCertificate = (function() {

            /**
             * Properties of a RenewCertificate.
             * @typedef {Object} tillgate.v1.RenewCertificate.$Properties
             * @property {string|null} [reason] RenewCertificate reason
             * @property {Uint8Array|null} [certificate] RenewCertificate certificate
             * @property {Uint8Array|null} [chain] RenewCertificate chain
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RenewCertificate.
             * @memberof tillgate.v1
             * @interface IRenewCertificate
             * @augments tillgate.v1.RenewCertificate.$Properties
             * @deprecated Use tillgate.v1.RenewCertificate.$Properties instead.
             */

            /**
             * Shape of a RenewCertificate.
             * @typedef {tillgate.v1.RenewCertificate.$Properties} tillgate.v1.RenewCertificate.$Shape
             */

            /**
             * Constructs a new RenewCertificate.
             * @memberof tillgate.v1
             * @classdesc Represents a RenewCertificate.
             * @constructor
             * @param {tillgate.v1.RenewCertificate.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RenewCertificate = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RenewCertificate reason.
             * @member {string} reason
             * @memberof tillgate.v1.RenewCertificate
             * @instance
             */
            RenewCertificate.prototype.reason = "";

            /**
             * RenewCertificate certificate.
             * @member {Uint8Array} certificate
             * @memberof tillgate.v1.RenewCertificate
             * @instance
             */
            RenewCertificate.prototype.certificate = $util.newBuffer([]);

            /**
             * RenewCertificate chain.
             * @member {Uint8Array} chain
             * @memberof tillgate.v1.RenewCertificate
             * @instance
             */
            RenewCertificate.prototype.chain = $util.newBuffer([]);

            /**
             * Encodes the specified RenewCertificate message. Does not implicitly {@link tillgate.v1.RenewCertificate.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.RenewCertificate
             * @static
             * @param {tillgate.v1.RenewCertificate.$Properties} message RenewCertificate message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RenewCertificate.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.certificate != null && $Object.hasOwnProperty.call(message, "certificate") && message.certificate.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.certificate);
                if (message.chain != null && $Object.hasOwnProperty.call(message, "chain") && message.chain.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.chain);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RenewCertificate message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.RenewCertificate
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.RenewCertificate & tillgate.v1.RenewCertificate.$Shape} RenewCertificate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RenewCertificate.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.RenewCertificate();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.certificate = value;
                            else
                                delete message.certificate;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.chain = value;
                            else
                                delete message.chain;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RenewCertificate;
        })();

        v1.Uplink = (function() {

            /**
             * Properties of an Uplink.
             * @typedef {Object} tillgate.v1.Uplink.$Properties
             * @property {number|null} [version] Uplink version
             * @property {string|null} [sn] Uplink sn
             * @property {Uint8Array|null} [messageId] Uplink messageId
             * @property {Uint8Array|null} [bootId] Uplink bootId
             * @property {number|null} [uplinkSeq] Uplink uplinkSeq
             * @property {Uint8Array|null} [commandId] Uplink commandId
             * @property {Uint8Array|null} [downlinkHash] Uplink downlinkHash
             * @property {tillgate.v1.Hello.$Properties|null} [hello] Uplink hello
             * @property {tillgate.v1.Heartbeat.$Properties|null} [heartbeat] Uplink heartbeat
             * @property {tillgate.v1.Accepted.$Properties|null} [accepted] Uplink accepted
             * @property {tillgate.v1.Progress.$Properties|null} [progress] Uplink progress
             * @property {tillgate.v1.Ready.$Properties|null} [ready] Uplink ready
             * @property {tillgate.v1.Released.$Properties|null} [released] Uplink released
             * @property {tillgate.v1.Refused.$Properties|null} [refused] Uplink refused
             * @property {tillgate.v1.Result.$Properties|null} [result] Uplink result
             * @property {tillgate.v1.Proof.$Properties|null} [proof] Uplink proof
             * @property {tillgate.v1.Status.$Properties|null} [status] Uplink status
             * @property {tillgate.v1.Alarm.$Properties|null} [alarm] Uplink alarm
             * @property {tillgate.v1.RenewRequest.$Properties|null} [renewRequest] Uplink renewRequest
             * @property {tillgate.v1.OfflineReady.$Properties|null} [offlineReady] Uplink offlineReady
             * @property {"hello"|"heartbeat"|"accepted"|"progress"|"ready"|"released"|"refused"|"result"|"proof"|"status"|"alarm"|"renewRequest"|"offlineReady"} [message] Uplink message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Uplink.
             * @memberof tillgate.v1
             * @interface IUplink
             * @augments tillgate.v1.Uplink.$Properties
             * @deprecated Use tillgate.v1.Uplink.$Properties instead.
             */

            /**
             * Narrowed shape of an Uplink.
             * @typedef {{
             *   version?: number|null;
             *   sn?: string|null;
             *   messageId?: Uint8Array|null;
             *   bootId?: Uint8Array|null;
             *   uplinkSeq?: number|null;
             *   commandId?: Uint8Array|null;
             *   downlinkHash?: Uint8Array|null;
             *   hello?: tillgate.v1.Hello.$Shape|null;
             *   heartbeat?: tillgate.v1.Heartbeat.$Shape|null;
             *   accepted?: tillgate.v1.Accepted.$Shape|null;
             *   progress?: tillgate.v1.Progress.$Shape|null;
             *   ready?: tillgate.v1.Ready.$Shape|null;
             *   released?: tillgate.v1.Released.$Shape|null;
             *   refused?: tillgate.v1.Refused.$Shape|null;
             *   result?: tillgate.v1.Result.$Shape|null;
             *   proof?: tillgate.v1.Proof.$Shape|null;
             *   status?: tillgate.v1.Status.$Shape|null;
             *   alarm?: tillgate.v1.Alarm.$Shape|null;
             *   renewRequest?: tillgate.v1.RenewRequest.$Shape|null;
             *   offlineReady?: tillgate.v1.OfflineReady.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ message?: undefined; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "hello"; hello: tillgate.v1.Hello.$Shape; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "heartbeat"; hello?: null; heartbeat: tillgate.v1.Heartbeat.$Shape; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "accepted"; hello?: null; heartbeat?: null; accepted: tillgate.v1.Accepted.$Shape; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "progress"; hello?: null; heartbeat?: null; accepted?: null; progress: tillgate.v1.Progress.$Shape; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "ready"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready: tillgate.v1.Ready.$Shape; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "released"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released: tillgate.v1.Released.$Shape; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "refused"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused: tillgate.v1.Refused.$Shape; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "result"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result: tillgate.v1.Result.$Shape; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "proof"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof: tillgate.v1.Proof.$Shape; status?: null; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "status"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status: tillgate.v1.Status.$Shape; alarm?: null; renewRequest?: null; offlineReady?: null }|{ message?: "alarm"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm: tillgate.v1.Alarm.$Shape; renewRequest?: null; offlineReady?: null }|{ message?: "renewRequest"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest: tillgate.v1.RenewRequest.$Shape; offlineReady?: null }|{ message?: "offlineReady"; hello?: null; heartbeat?: null; accepted?: null; progress?: null; ready?: null; released?: null; refused?: null; result?: null; proof?: null; status?: null; alarm?: null; renewRequest?: null; offlineReady: tillgate.v1.OfflineReady.$Shape })
             * )} tillgate.v1.Uplink.$Shape
             */

            /**
             * Constructs a new Uplink.
             * @memberof tillgate.v1
             * @classdesc Represents an Uplink.
             * @constructor
             * @param {tillgate.v1.Uplink.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Uplink = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Uplink version.
             * @member {number} version
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.version = 0;

            /**
             * Uplink sn.
             * @member {string} sn
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.sn = "";

            /**
             * Uplink messageId.
             * @member {Uint8Array} messageId
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.messageId = $util.newBuffer([]);

            /**
             * Uplink bootId.
             * @member {Uint8Array} bootId
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.bootId = $util.newBuffer([]);

            /**
             * Uplink uplinkSeq.
             * @member {number} uplinkSeq
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.uplinkSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Uplink commandId.
             * @member {Uint8Array} commandId
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.commandId = $util.newBuffer([]);

            /**
             * Uplink downlinkHash.
             * @member {Uint8Array} downlinkHash
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.downlinkHash = $util.newBuffer([]);

            /**
             * Uplink hello.
             * @member {tillgate.v1.Hello.$Properties|null|undefined} hello
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.hello = null;

            /**
             * Uplink heartbeat.
             * @member {tillgate.v1.Heartbeat.$Properties|null|undefined} heartbeat
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.heartbeat = null;

            /**
             * Uplink accepted.
             * @member {tillgate.v1.Accepted.$Properties|null|undefined} accepted
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.accepted = null;

            /**
             * Uplink progress.
             * @member {tillgate.v1.Progress.$Properties|null|undefined} progress
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.progress = null;

            /**
             * Uplink ready.
             * @member {tillgate.v1.Ready.$Properties|null|undefined} ready
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.ready = null;

            /**
             * Uplink released.
             * @member {tillgate.v1.Released.$Properties|null|undefined} released
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.released = null;

            /**
             * Uplink refused.
             * @member {tillgate.v1.Refused.$Properties|null|undefined} refused
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.refused = null;

            /**
             * Uplink result.
             * @member {tillgate.v1.Result.$Properties|null|undefined} result
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.result = null;

            /**
             * Uplink proof.
             * @member {tillgate.v1.Proof.$Properties|null|undefined} proof
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.proof = null;

            /**
             * Uplink status.
             * @member {tillgate.v1.Status.$Properties|null|undefined} status
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.status = null;

            /**
             * Uplink alarm.
             * @member {tillgate.v1.Alarm.$Properties|null|undefined} alarm
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.alarm = null;

            /**
             * Uplink renewRequest.
             * @member {tillgate.v1.RenewRequest.$Properties|null|undefined} renewRequest
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.renewRequest = null;

            /**
             * Uplink offlineReady.
             * @member {tillgate.v1.OfflineReady.$Properties|null|undefined} offlineReady
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            Uplink.prototype.offlineReady = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Uplink message.
             * @member {"hello"|"heartbeat"|"accepted"|"progress"|"ready"|"released"|"refused"|"result"|"proof"|"status"|"alarm"|"renewRequest"|"offlineReady"|undefined} message
             * @memberof tillgate.v1.Uplink
             * @instance
             */
            $Object.defineProperty(Uplink.prototype, "message", {
                get: $util.oneOfGetter($oneOfFields = ["hello", "heartbeat", "accepted", "progress", "ready", "released", "refused", "result", "proof", "status", "alarm", "renewRequest", "offlineReady"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Uplink message. Does not implicitly {@link tillgate.v1.Uplink.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Uplink
             * @static
             * @param {tillgate.v1.Uplink.$Properties} message Uplink message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Uplink.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                if (message.sn != null && $Object.hasOwnProperty.call(message, "sn") && message.sn !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.sn);
                if (message.messageId != null && $Object.hasOwnProperty.call(message, "messageId") && message.messageId.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.messageId);
                if (message.bootId != null && $Object.hasOwnProperty.call(message, "bootId") && message.bootId.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.bootId);
                if (message.uplinkSeq != null && $Object.hasOwnProperty.call(message, "uplinkSeq") && (typeof message.uplinkSeq === "object" ? message.uplinkSeq.low || message.uplinkSeq.high : message.uplinkSeq !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.uplinkSeq);
                if (message.commandId != null && $Object.hasOwnProperty.call(message, "commandId") && message.commandId.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.commandId);
                if (message.downlinkHash != null && $Object.hasOwnProperty.call(message, "downlinkHash") && message.downlinkHash.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.downlinkHash);
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                    $root.tillgate.v1.Hello.encode(message.hello, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat"))
                    $root.tillgate.v1.Heartbeat.encode(message.heartbeat, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted"))
                    $root.tillgate.v1.Accepted.encode(message.accepted, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.progress != null && $Object.hasOwnProperty.call(message, "progress"))
                    $root.tillgate.v1.Progress.encode(message.progress, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.ready != null && $Object.hasOwnProperty.call(message, "ready"))
                    $root.tillgate.v1.Ready.encode(message.ready, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.released != null && $Object.hasOwnProperty.call(message, "released"))
                    $root.tillgate.v1.Released.encode(message.released, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.tillgate.v1.Refused.encode(message.refused, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
                    $root.tillgate.v1.Result.encode(message.result, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
                if (message.proof != null && $Object.hasOwnProperty.call(message, "proof"))
                    $root.tillgate.v1.Proof.encode(message.proof, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.tillgate.v1.Status.encode(message.status, writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
                if (message.alarm != null && $Object.hasOwnProperty.call(message, "alarm"))
                    $root.tillgate.v1.Alarm.encode(message.alarm, writer.uint32(/* id 26, wireType 2 =*/210).fork(), _depth + 1).ldelim();
                if (message.renewRequest != null && $Object.hasOwnProperty.call(message, "renewRequest"))
                    $root.tillgate.v1.RenewRequest.encode(message.renewRequest, writer.uint32(/* id 27, wireType 2 =*/218).fork(), _depth + 1).ldelim();
                if (message.offlineReady != null && $Object.hasOwnProperty.call(message, "offlineReady"))
                    $root.tillgate.v1.OfflineReady.encode(message.offlineReady, writer.uint32(/* id 28, wireType 2 =*/226).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Uplink message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Uplink
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Uplink & tillgate.v1.Uplink.$Shape} Uplink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Uplink.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Uplink();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sn = value;
                            else
                                delete message.sn;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.messageId = value;
                            else
                                delete message.messageId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.bootId = value;
                            else
                                delete message.bootId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.uplinkSeq = value;
                            else
                                delete message.uplinkSeq;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.commandId = value;
                            else
                                delete message.commandId;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.downlinkHash = value;
                            else
                                delete message.downlinkHash;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.hello = $root.tillgate.v1.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                            message.message = "hello";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.heartbeat = $root.tillgate.v1.Heartbeat.decode(reader, reader.size(), $undefined, _depth + 1, message.heartbeat);
                            message.message = "heartbeat";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.accepted = $root.tillgate.v1.Accepted.decode(reader, reader.size(), $undefined, _depth + 1, message.accepted);
                            message.message = "accepted";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.progress = $root.tillgate.v1.Progress.decode(reader, reader.size(), $undefined, _depth + 1, message.progress);
                            message.message = "progress";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.ready = $root.tillgate.v1.Ready.decode(reader, reader.size(), $undefined, _depth + 1, message.ready);
                            message.message = "ready";
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.released = $root.tillgate.v1.Released.decode(reader, reader.size(), $undefined, _depth + 1, message.released);
                            message.message = "released";
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.tillgate.v1.Refused.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.message = "refused";
                            continue;
                        }
                    case 23: {
                            if (wireType !== 2)
                                break;
                            message.result = $root.tillgate.v1.Result.decode(reader, reader.size(), $undefined, _depth + 1, message.result);
                            message.message = "result";
                            continue;
                        }
                    case 24: {
                            if (wireType !== 2)
                                break;
                            message.proof = $root.tillgate.v1.Proof.decode(reader, reader.size(), $undefined, _depth + 1, message.proof);
                            message.message = "proof";
                            continue;
                        }
                    case 25: {
                            if (wireType !== 2)
                                break;
                            message.status = $root.tillgate.v1.Status.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                            message.message = "status";
                            continue;
                        }
                    case 26: {
                            if (wireType !== 2)
                                break;
                            message.alarm = $root.tillgate.v1.Alarm.decode(reader, reader.size(), $undefined, _depth + 1, message.alarm);
                            message.message = "alarm";
                            continue;
                        }
                    case 27: {
                            if (wireType !== 2)
                                break;
                            message.renewRequest = $root.tillgate.v1.RenewRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.renewRequest);
                            message.message = "renewRequest";
                            continue;
                        }
                    case 28: {
                            if (wireType !== 2)
                                break;
                            message.offlineReady = $root.tillgate.v1.OfflineReady.decode(reader, reader.size(), $undefined, _depth + 1, message.offlineReady);
                            message.message = "offlineReady";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Uplink;
        })();

        /**
         * KeyState enum.
         * @name tillgate.v1.KeyState
         * @enum {number}
         * @property {number} KEY_STATE_UNSPECIFIED=0 KEY_STATE_UNSPECIFIED value
         * @property {number} KEY_EMPTY=1 KEY_EMPTY value
         * @property {number} KEY_PENDING=2 KEY_PENDING value
         * @property {number} KEY_ACTIVE=3 KEY_ACTIVE value
         * @property {number} KEY_RETIRING=4 KEY_RETIRING value
         * @property {number} KEY_ERASED=5 KEY_ERASED value
         * @property {number} KEY_BAD=6 KEY_BAD value
         */
        v1.KeyState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "KEY_STATE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "KEY_EMPTY"] = 1;
            values[valuesById[2] = "KEY_PENDING"] = 2;
            values[valuesById[3] = "KEY_ACTIVE"] = 3;
            values[valuesById[4] = "KEY_RETIRING"] = 4;
            values[valuesById[5] = "KEY_ERASED"] = 5;
            values[valuesById[6] = "KEY_BAD"] = 6;
            return values;
        })();

        v1.KeySlot = (function() {

            /**
             * Properties of a KeySlot.
             * @typedef {Object} tillgate.v1.KeySlot.$Properties
             * @property {string|null} [purpose] KeySlot purpose
             * @property {number|null} [version] KeySlot version
             * @property {number|null} [state] KeySlot state
             * @property {Uint8Array|null} [kcv] KeySlot kcv
             * @property {string|null} [algorithm] KeySlot algorithm
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KeySlot.
             * @memberof tillgate.v1
             * @interface IKeySlot
             * @augments tillgate.v1.KeySlot.$Properties
             * @deprecated Use tillgate.v1.KeySlot.$Properties instead.
             */

            /**
             * Shape of a KeySlot.
             * @typedef {tillgate.v1.KeySlot.$Properties} tillgate.v1.KeySlot.$Shape
             */

            /**
             * Constructs a new KeySlot.
             * @memberof tillgate.v1
             * @classdesc Represents a KeySlot.
             * @constructor
             * @param {tillgate.v1.KeySlot.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KeySlot = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KeySlot purpose.
             * @member {string} purpose
             * @memberof tillgate.v1.KeySlot
             * @instance
             */
            KeySlot.prototype.purpose = "";

            /**
             * KeySlot version.
             * @member {number} version
             * @memberof tillgate.v1.KeySlot
             * @instance
             */
            KeySlot.prototype.version = 0;

            /**
             * KeySlot state.
             * @member {number} state
             * @memberof tillgate.v1.KeySlot
             * @instance
             */
            KeySlot.prototype.state = 0;

            /**
             * KeySlot kcv.
             * @member {Uint8Array} kcv
             * @memberof tillgate.v1.KeySlot
             * @instance
             */
            KeySlot.prototype.kcv = $util.newBuffer([]);

            /**
             * KeySlot algorithm.
             * @member {string} algorithm
             * @memberof tillgate.v1.KeySlot
             * @instance
             */
            KeySlot.prototype.algorithm = "";

            /**
             * Encodes the specified KeySlot message. Does not implicitly {@link tillgate.v1.KeySlot.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.KeySlot
             * @static
             * @param {tillgate.v1.KeySlot.$Properties} message KeySlot message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KeySlot.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.purpose != null && $Object.hasOwnProperty.call(message, "purpose") && message.purpose !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.purpose);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.version);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.state);
                if (message.kcv != null && $Object.hasOwnProperty.call(message, "kcv") && message.kcv.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.kcv);
                if (message.algorithm != null && $Object.hasOwnProperty.call(message, "algorithm") && message.algorithm !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.algorithm);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KeySlot message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.KeySlot
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.KeySlot & tillgate.v1.KeySlot.$Shape} KeySlot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KeySlot.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.KeySlot();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.purpose = value;
                            else
                                delete message.purpose;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.kcv = value;
                            else
                                delete message.kcv;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.algorithm = value;
                            else
                                delete message.algorithm;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return KeySlot;
        })();

        v1.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} tillgate.v1.Hello.$Properties
             * @property {Uint8Array|null} [sessionNonce] Hello sessionNonce
             * @property {string|null} [firmware] Hello firmware
             * @property {Array.<string>|null} [capabilities] Hello capabilities
             * @property {number|null} [assetEpoch] Hello assetEpoch
             * @property {number|null} [bindingEpoch] Hello bindingEpoch
             * @property {number|null} [lastSeq] Hello lastSeq
             * @property {Array.<tillgate.v1.KeySlot.$Properties>|null} [keySlots] Hello keySlots
             * @property {Uint8Array|null} [keyShare] Hello keyShare
             * @property {number|null} [signerListVersion] Hello signerListVersion
             * @property {string|null} [model] Hello model
             * @property {boolean|null} [locked] Hello locked
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof tillgate.v1
             * @interface IHello
             * @augments tillgate.v1.Hello.$Properties
             * @deprecated Use tillgate.v1.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {tillgate.v1.Hello.$Properties} tillgate.v1.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof tillgate.v1
             * @classdesc Represents a Hello.
             * @constructor
             * @param {tillgate.v1.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                this.capabilities = [];
                this.keySlots = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello sessionNonce.
             * @member {Uint8Array} sessionNonce
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.sessionNonce = $util.newBuffer([]);

            /**
             * Hello firmware.
             * @member {string} firmware
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.firmware = "";

            /**
             * Hello capabilities.
             * @member {Array.<string>} capabilities
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.capabilities = $util.emptyArray;

            /**
             * Hello assetEpoch.
             * @member {number} assetEpoch
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.assetEpoch = 0;

            /**
             * Hello bindingEpoch.
             * @member {number} bindingEpoch
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.bindingEpoch = 0;

            /**
             * Hello lastSeq.
             * @member {number} lastSeq
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.lastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Hello keySlots.
             * @member {Array.<tillgate.v1.KeySlot.$Properties>} keySlots
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.keySlots = $util.emptyArray;

            /**
             * Hello keyShare.
             * @member {Uint8Array} keyShare
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.keyShare = $util.newBuffer([]);

            /**
             * Hello signerListVersion.
             * @member {number} signerListVersion
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.signerListVersion = 0;

            /**
             * Hello model.
             * @member {string} model
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.model = "";

            /**
             * Hello locked.
             * @member {boolean} locked
             * @memberof tillgate.v1.Hello
             * @instance
             */
            Hello.prototype.locked = false;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link tillgate.v1.Hello.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Hello
             * @static
             * @param {tillgate.v1.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionNonce != null && $Object.hasOwnProperty.call(message, "sessionNonce") && message.sessionNonce.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.sessionNonce);
                if (message.firmware != null && $Object.hasOwnProperty.call(message, "firmware") && message.firmware !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.firmware);
                if (message.capabilities != null && message.capabilities.length)
                    for (let i = 0; i < message.capabilities.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.capabilities[i]);
                if (message.assetEpoch != null && $Object.hasOwnProperty.call(message, "assetEpoch") && message.assetEpoch !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.assetEpoch);
                if (message.bindingEpoch != null && $Object.hasOwnProperty.call(message, "bindingEpoch") && message.bindingEpoch !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.bindingEpoch);
                if (message.lastSeq != null && $Object.hasOwnProperty.call(message, "lastSeq") && (typeof message.lastSeq === "object" ? message.lastSeq.low || message.lastSeq.high : message.lastSeq !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.lastSeq);
                if (message.keySlots != null && message.keySlots.length)
                    for (let i = 0; i < message.keySlots.length; ++i)
                        $root.tillgate.v1.KeySlot.encode(message.keySlots[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.keyShare != null && $Object.hasOwnProperty.call(message, "keyShare") && message.keyShare.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.keyShare);
                if (message.signerListVersion != null && $Object.hasOwnProperty.call(message, "signerListVersion") && message.signerListVersion !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.signerListVersion);
                if (message.model != null && $Object.hasOwnProperty.call(message, "model") && message.model !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.model);
                if (message.locked != null && $Object.hasOwnProperty.call(message, "locked") && message.locked !== false)
                    writer.uint32(/* id 11, wireType 0 =*/88).bool(message.locked);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Hello & tillgate.v1.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Hello();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sessionNonce = value;
                            else
                                delete message.sessionNonce;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.firmware = value;
                            else
                                delete message.firmware;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.capabilities && message.capabilities.length))
                                message.capabilities = [];
                            message.capabilities.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.assetEpoch = value;
                            else
                                delete message.assetEpoch;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.bindingEpoch = value;
                            else
                                delete message.bindingEpoch;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastSeq = value;
                            else
                                delete message.lastSeq;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.keySlots && message.keySlots.length))
                                message.keySlots = [];
                            message.keySlots.push($root.tillgate.v1.KeySlot.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.keyShare = value;
                            else
                                delete message.keyShare;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.signerListVersion = value;
                            else
                                delete message.signerListVersion;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.model = value;
                            else
                                delete message.model;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.locked = value;
                            else
                                delete message.locked;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Hello;
        })();

        v1.Heartbeat = (function() {

            /**
             * Properties of a Heartbeat.
             * @typedef {Object} tillgate.v1.Heartbeat.$Properties
             * @property {Uint8Array|null} [sessionNonce] Heartbeat sessionNonce
             * @property {number|null} [uptimeMs] Heartbeat uptimeMs
             * @property {number|null} [batteryPercent] Heartbeat batteryPercent
             * @property {boolean|null} [will] Heartbeat will
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Heartbeat.
             * @memberof tillgate.v1
             * @interface IHeartbeat
             * @augments tillgate.v1.Heartbeat.$Properties
             * @deprecated Use tillgate.v1.Heartbeat.$Properties instead.
             */

            /**
             * Shape of a Heartbeat.
             * @typedef {tillgate.v1.Heartbeat.$Properties} tillgate.v1.Heartbeat.$Shape
             */

            /**
             * Constructs a new Heartbeat.
             * @memberof tillgate.v1
             * @classdesc Represents a Heartbeat.
             * @constructor
             * @param {tillgate.v1.Heartbeat.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Heartbeat = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Heartbeat sessionNonce.
             * @member {Uint8Array} sessionNonce
             * @memberof tillgate.v1.Heartbeat
             * @instance
             */
            Heartbeat.prototype.sessionNonce = $util.newBuffer([]);

            /**
             * Heartbeat uptimeMs.
             * @member {number} uptimeMs
             * @memberof tillgate.v1.Heartbeat
             * @instance
             */
            Heartbeat.prototype.uptimeMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Heartbeat batteryPercent.
             * @member {number} batteryPercent
             * @memberof tillgate.v1.Heartbeat
             * @instance
             */
            Heartbeat.prototype.batteryPercent = 0;

            /**
             * Heartbeat will.
             * @member {boolean} will
             * @memberof tillgate.v1.Heartbeat
             * @instance
             */
            Heartbeat.prototype.will = false;

            /**
             * Encodes the specified Heartbeat message. Does not implicitly {@link tillgate.v1.Heartbeat.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Heartbeat
             * @static
             * @param {tillgate.v1.Heartbeat.$Properties} message Heartbeat message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Heartbeat.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionNonce != null && $Object.hasOwnProperty.call(message, "sessionNonce") && message.sessionNonce.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.sessionNonce);
                if (message.uptimeMs != null && $Object.hasOwnProperty.call(message, "uptimeMs") && (typeof message.uptimeMs === "object" ? message.uptimeMs.low || message.uptimeMs.high : message.uptimeMs !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.uptimeMs);
                if (message.batteryPercent != null && $Object.hasOwnProperty.call(message, "batteryPercent") && message.batteryPercent !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.batteryPercent);
                if (message.will != null && $Object.hasOwnProperty.call(message, "will") && message.will !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.will);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Heartbeat message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Heartbeat
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Heartbeat & tillgate.v1.Heartbeat.$Shape} Heartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Heartbeat.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Heartbeat();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sessionNonce = value;
                            else
                                delete message.sessionNonce;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.uptimeMs = value;
                            else
                                delete message.uptimeMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.batteryPercent = value;
                            else
                                delete message.batteryPercent;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.will = value;
                            else
                                delete message.will;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Heartbeat;
        })();

        v1.Accepted = (function() {

            /**
             * Properties of an Accepted.
             * @typedef {Object} tillgate.v1.Accepted.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Accepted.
             * @memberof tillgate.v1
             * @interface IAccepted
             * @augments tillgate.v1.Accepted.$Properties
             * @deprecated Use tillgate.v1.Accepted.$Properties instead.
             */

            /**
             * Shape of an Accepted.
             * @typedef {tillgate.v1.Accepted.$Properties} tillgate.v1.Accepted.$Shape
             */

            /**
             * Constructs a new Accepted.
             * @memberof tillgate.v1
             * @classdesc Represents an Accepted.
             * @constructor
             * @param {tillgate.v1.Accepted.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Accepted = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Accepted message. Does not implicitly {@link tillgate.v1.Accepted.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Accepted
             * @static
             * @param {tillgate.v1.Accepted.$Properties} message Accepted message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Accepted.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Accepted message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Accepted
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Accepted & tillgate.v1.Accepted.$Shape} Accepted
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Accepted.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Accepted();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Accepted;
        })();

        /**
         * Phase enum.
         * @name tillgate.v1.Phase
         * @enum {number}
         * @property {number} PHASE_UNSPECIFIED=0 PHASE_UNSPECIFIED value
         * @property {number} QUIESCING=1 QUIESCING value
         * @property {number} FLUSHING=2 FLUSHING value
         * @property {number} SETTLING=3 SETTLING value
         * @property {number} UPLOADING=4 UPLOADING value
         * @property {number} PREPARED=5 PREPARED value
         * @property {number} ERASING_KEYS=6 ERASING_KEYS value
         * @property {number} ERASING_PARAMS=7 ERASING_PARAMS value
         * @property {number} RUNNING=8 RUNNING value
         */
        v1.Phase = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "PHASE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "QUIESCING"] = 1;
            values[valuesById[2] = "FLUSHING"] = 2;
            values[valuesById[3] = "SETTLING"] = 3;
            values[valuesById[4] = "UPLOADING"] = 4;
            values[valuesById[5] = "PREPARED"] = 5;
            values[valuesById[6] = "ERASING_KEYS"] = 6;
            values[valuesById[7] = "ERASING_PARAMS"] = 7;
            values[valuesById[8] = "RUNNING"] = 8;
            return values;
        })();

        v1.Progress = (function() {

            /**
             * Properties of a Progress.
             * @typedef {Object} tillgate.v1.Progress.$Properties
             * @property {number|null} [phase] Progress phase
             * @property {number|null} [done] Progress done
             * @property {number|null} [total] Progress total
             * @property {number|null} [resumed] Progress resumed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Progress.
             * @memberof tillgate.v1
             * @interface IProgress
             * @augments tillgate.v1.Progress.$Properties
             * @deprecated Use tillgate.v1.Progress.$Properties instead.
             */

            /**
             * Shape of a Progress.
             * @typedef {tillgate.v1.Progress.$Properties} tillgate.v1.Progress.$Shape
             */

            /**
             * Constructs a new Progress.
             * @memberof tillgate.v1
             * @classdesc Represents a Progress.
             * @constructor
             * @param {tillgate.v1.Progress.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Progress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Progress phase.
             * @member {number} phase
             * @memberof tillgate.v1.Progress
             * @instance
             */
            Progress.prototype.phase = 0;

            /**
             * Progress done.
             * @member {number} done
             * @memberof tillgate.v1.Progress
             * @instance
             */
            Progress.prototype.done = 0;

            /**
             * Progress total.
             * @member {number} total
             * @memberof tillgate.v1.Progress
             * @instance
             */
            Progress.prototype.total = 0;

            /**
             * Progress resumed.
             * @member {number} resumed
             * @memberof tillgate.v1.Progress
             * @instance
             */
            Progress.prototype.resumed = 0;

            /**
             * Encodes the specified Progress message. Does not implicitly {@link tillgate.v1.Progress.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Progress
             * @static
             * @param {tillgate.v1.Progress.$Properties} message Progress message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Progress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.phase != null && $Object.hasOwnProperty.call(message, "phase") && message.phase !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.phase);
                if (message.done != null && $Object.hasOwnProperty.call(message, "done") && message.done !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.done);
                if (message.total != null && $Object.hasOwnProperty.call(message, "total") && message.total !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.total);
                if (message.resumed != null && $Object.hasOwnProperty.call(message, "resumed") && message.resumed !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.resumed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Progress message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Progress
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Progress & tillgate.v1.Progress.$Shape} Progress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Progress.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Progress();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.phase = value;
                            else
                                delete message.phase;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.done = value;
                            else
                                delete message.done;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.total = value;
                            else
                                delete message.total;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.resumed = value;
                            else
                                delete message.resumed;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Progress;
        })();

        v1.Area = (function() {

            /**
             * Properties of an Area.
             * @typedef {Object} tillgate.v1.Area.$Properties
             * @property {string|null} [name] Area name
             * @property {number|null} [records] Area records
             * @property {number|null} [amountMinor] Area amountMinor
             * @property {Uint8Array|null} [hash] Area hash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Area.
             * @memberof tillgate.v1
             * @interface IArea
             * @augments tillgate.v1.Area.$Properties
             * @deprecated Use tillgate.v1.Area.$Properties instead.
             */

            /**
             * Shape of an Area.
             * @typedef {tillgate.v1.Area.$Properties} tillgate.v1.Area.$Shape
             */

            /**
             * Constructs a new Area.
             * @memberof tillgate.v1
             * @classdesc Represents an Area.
             * @constructor
             * @param {tillgate.v1.Area.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Area = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Area name.
             * @member {string} name
             * @memberof tillgate.v1.Area
             * @instance
             */
            Area.prototype.name = "";

            /**
             * Area records.
             * @member {number} records
             * @memberof tillgate.v1.Area
             * @instance
             */
            Area.prototype.records = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Area amountMinor.
             * @member {number} amountMinor
             * @memberof tillgate.v1.Area
             * @instance
             */
            Area.prototype.amountMinor = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Area hash.
             * @member {Uint8Array} hash
             * @memberof tillgate.v1.Area
             * @instance
             */
            Area.prototype.hash = $util.newBuffer([]);

            /**
             * Encodes the specified Area message. Does not implicitly {@link tillgate.v1.Area.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Area
             * @static
             * @param {tillgate.v1.Area.$Properties} message Area message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Area.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.records != null && $Object.hasOwnProperty.call(message, "records") && (typeof message.records === "object" ? message.records.low || message.records.high : message.records !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.records);
                if (message.amountMinor != null && $Object.hasOwnProperty.call(message, "amountMinor") && (typeof message.amountMinor === "object" ? message.amountMinor.low || message.amountMinor.high : message.amountMinor !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.amountMinor);
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.hash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Area message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Area
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Area & tillgate.v1.Area.$Shape} Area
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Area.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Area();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.records = value;
                            else
                                delete message.records;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.amountMinor = value;
                            else
                                delete message.amountMinor;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.hash = value;
                            else
                                delete message.hash;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Area;
        })();

        v1.Ready = (function() {

            /**
             * Properties of a Ready.
             * @typedef {Object} tillgate.v1.Ready.$Properties
             * @property {Uint8Array|null} [readyNonce] Ready readyNonce
             * @property {number|null} [leaseS] Ready leaseS
             * @property {Array.<tillgate.v1.Area.$Properties>|null} [areas] Ready areas
             * @property {Array.<tillgate.v1.Area.$Properties>|null} [settled] Ready settled
             * @property {number|null} [batchNumber] Ready batchNumber
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Ready.
             * @memberof tillgate.v1
             * @interface IReady
             * @augments tillgate.v1.Ready.$Properties
             * @deprecated Use tillgate.v1.Ready.$Properties instead.
             */

            /**
             * Shape of a Ready.
             * @typedef {tillgate.v1.Ready.$Properties} tillgate.v1.Ready.$Shape
             */

            /**
             * Constructs a new Ready.
             * @memberof tillgate.v1
             * @classdesc Represents a Ready.
             * @constructor
             * @param {tillgate.v1.Ready.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Ready = function (properties) {
                this.areas = [];
                this.settled = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Ready readyNonce.
             * @member {Uint8Array} readyNonce
             * @memberof tillgate.v1.Ready
             * @instance
             */
            Ready.prototype.readyNonce = $util.newBuffer([]);

            /**
             * Ready leaseS.
             * @member {number} leaseS
             * @memberof tillgate.v1.Ready
             * @instance
             */
            Ready.prototype.leaseS = 0;

            /**
             * Ready areas.
             * @member {Array.<tillgate.v1.Area.$Properties>} areas
             * @memberof tillgate.v1.Ready
             * @instance
             */
            Ready.prototype.areas = $util.emptyArray;

            /**
             * Ready settled.
             * @member {Array.<tillgate.v1.Area.$Properties>} settled
             * @memberof tillgate.v1.Ready
             * @instance
             */
            Ready.prototype.settled = $util.emptyArray;

            /**
             * Ready batchNumber.
             * @member {number} batchNumber
             * @memberof tillgate.v1.Ready
             * @instance
             */
            Ready.prototype.batchNumber = 0;

            /**
             * Encodes the specified Ready message. Does not implicitly {@link tillgate.v1.Ready.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Ready
             * @static
             * @param {tillgate.v1.Ready.$Properties} message Ready message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Ready.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.readyNonce != null && $Object.hasOwnProperty.call(message, "readyNonce") && message.readyNonce.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.readyNonce);
                if (message.leaseS != null && $Object.hasOwnProperty.call(message, "leaseS") && message.leaseS !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.leaseS);
                if (message.areas != null && message.areas.length)
                    for (let i = 0; i < message.areas.length; ++i)
                        $root.tillgate.v1.Area.encode(message.areas[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.settled != null && message.settled.length)
                    for (let i = 0; i < message.settled.length; ++i)
                        $root.tillgate.v1.Area.encode(message.settled[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.batchNumber != null && $Object.hasOwnProperty.call(message, "batchNumber") && message.batchNumber !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.batchNumber);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Ready message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Ready
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Ready & tillgate.v1.Ready.$Shape} Ready
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Ready.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Ready();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.readyNonce = value;
                            else
                                delete message.readyNonce;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.leaseS = value;
                            else
                                delete message.leaseS;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.areas && message.areas.length))
                                message.areas = [];
                            message.areas.push($root.tillgate.v1.Area.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.settled && message.settled.length))
                                message.settled = [];
                            message.settled.push($root.tillgate.v1.Area.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.batchNumber = value;
                            else
                                delete message.batchNumber;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Ready;
        })();

        v1.OfflineReady = (function() {

            /**
             * Properties of an OfflineReady.
             * @typedef {Object} tillgate.v1.OfflineReady.$Properties
             * @property {Uint8Array|null} [nonce] OfflineReady nonce
             * @property {number|null} [leaseS] OfflineReady leaseS
             * @property {string|null} [firmware] OfflineReady firmware
             * @property {string|null} [model] OfflineReady model
             * @property {number|null} [assetEpoch] OfflineReady assetEpoch
             * @property {number|null} [bindingEpoch] OfflineReady bindingEpoch
             * @property {number|null} [lastSeq] OfflineReady lastSeq
             * @property {number|null} [signerListVersion] OfflineReady signerListVersion
             * @property {Array.<tillgate.v1.Area.$Properties>|null} [areas] OfflineReady areas
             * @property {Array.<tillgate.v1.Area.$Properties>|null} [settled] OfflineReady settled
             * @property {number|null} [batchNumber] OfflineReady batchNumber
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OfflineReady.
             * @memberof tillgate.v1
             * @interface IOfflineReady
             * @augments tillgate.v1.OfflineReady.$Properties
             * @deprecated Use tillgate.v1.OfflineReady.$Properties instead.
             */

            /**
             * Shape of an OfflineReady.
             * @typedef {tillgate.v1.OfflineReady.$Properties} tillgate.v1.OfflineReady.$Shape
             */

            /**
             * Constructs a new OfflineReady.
             * @memberof tillgate.v1
             * @classdesc Represents an OfflineReady.
             * @constructor
             * @param {tillgate.v1.OfflineReady.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OfflineReady = function (properties) {
                this.areas = [];
                this.settled = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OfflineReady nonce.
             * @member {Uint8Array} nonce
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.nonce = $util.newBuffer([]);

            /**
             * OfflineReady leaseS.
             * @member {number} leaseS
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.leaseS = 0;

            /**
             * OfflineReady firmware.
             * @member {string} firmware
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.firmware = "";

            /**
             * OfflineReady model.
             * @member {string} model
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.model = "";

            /**
             * OfflineReady assetEpoch.
             * @member {number} assetEpoch
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.assetEpoch = 0;

            /**
             * OfflineReady bindingEpoch.
             * @member {number} bindingEpoch
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.bindingEpoch = 0;

            /**
             * OfflineReady lastSeq.
             * @member {number} lastSeq
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.lastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * OfflineReady signerListVersion.
             * @member {number} signerListVersion
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.signerListVersion = 0;

            /**
             * OfflineReady areas.
             * @member {Array.<tillgate.v1.Area.$Properties>} areas
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.areas = $util.emptyArray;

            /**
             * OfflineReady settled.
             * @member {Array.<tillgate.v1.Area.$Properties>} settled
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.settled = $util.emptyArray;

            /**
             * OfflineReady batchNumber.
             * @member {number} batchNumber
             * @memberof tillgate.v1.OfflineReady
             * @instance
             */
            OfflineReady.prototype.batchNumber = 0;

            /**
             * Encodes the specified OfflineReady message. Does not implicitly {@link tillgate.v1.OfflineReady.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.OfflineReady
             * @static
             * @param {tillgate.v1.OfflineReady.$Properties} message OfflineReady message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OfflineReady.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.nonce);
                if (message.leaseS != null && $Object.hasOwnProperty.call(message, "leaseS") && message.leaseS !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.leaseS);
                if (message.firmware != null && $Object.hasOwnProperty.call(message, "firmware") && message.firmware !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.firmware);
                if (message.model != null && $Object.hasOwnProperty.call(message, "model") && message.model !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.model);
                if (message.assetEpoch != null && $Object.hasOwnProperty.call(message, "assetEpoch") && message.assetEpoch !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.assetEpoch);
                if (message.bindingEpoch != null && $Object.hasOwnProperty.call(message, "bindingEpoch") && message.bindingEpoch !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.bindingEpoch);
                if (message.lastSeq != null && $Object.hasOwnProperty.call(message, "lastSeq") && (typeof message.lastSeq === "object" ? message.lastSeq.low || message.lastSeq.high : message.lastSeq !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.lastSeq);
                if (message.signerListVersion != null && $Object.hasOwnProperty.call(message, "signerListVersion") && message.signerListVersion !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.signerListVersion);
                if (message.areas != null && message.areas.length)
                    for (let i = 0; i < message.areas.length; ++i)
                        $root.tillgate.v1.Area.encode(message.areas[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.settled != null && message.settled.length)
                    for (let i = 0; i < message.settled.length; ++i)
                        $root.tillgate.v1.Area.encode(message.settled[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.batchNumber != null && $Object.hasOwnProperty.call(message, "batchNumber") && message.batchNumber !== 0)
                    writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.batchNumber);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OfflineReady message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.OfflineReady
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.OfflineReady & tillgate.v1.OfflineReady.$Shape} OfflineReady
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OfflineReady.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.OfflineReady();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.leaseS = value;
                            else
                                delete message.leaseS;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.firmware = value;
                            else
                                delete message.firmware;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.model = value;
                            else
                                delete message.model;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.assetEpoch = value;
                            else
                                delete message.assetEpoch;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.bindingEpoch = value;
                            else
                                delete message.bindingEpoch;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastSeq = value;
                            else
                                delete message.lastSeq;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.signerListVersion = value;
                            else
                                delete message.signerListVersion;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.areas && message.areas.length))
                                message.areas = [];
                            message.areas.push($root.tillgate.v1.Area.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.settled && message.settled.length))
                                message.settled = [];
                            message.settled.push($root.tillgate.v1.Area.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.batchNumber = value;
                            else
                                delete message.batchNumber;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OfflineReady;
        })();

        v1.Released = (function() {

            /**
             * Properties of a Released.
             * @typedef {Object} tillgate.v1.Released.$Properties
             * @property {Uint8Array|null} [readyNonce] Released readyNonce
             * @property {number|null} [cause] Released cause
             * @property {number|null} [abortSeq] Released abortSeq
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Released.
             * @memberof tillgate.v1
             * @interface IReleased
             * @augments tillgate.v1.Released.$Properties
             * @deprecated Use tillgate.v1.Released.$Properties instead.
             */

            /**
             * Shape of a Released.
             * @typedef {tillgate.v1.Released.$Properties} tillgate.v1.Released.$Shape
             */

            /**
             * Constructs a new Released.
             * @memberof tillgate.v1
             * @classdesc Represents a Released.
             * @constructor
             * @param {tillgate.v1.Released.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Released = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Released readyNonce.
             * @member {Uint8Array} readyNonce
             * @memberof tillgate.v1.Released
             * @instance
             */
            Released.prototype.readyNonce = $util.newBuffer([]);

            /**
             * Released cause.
             * @member {number} cause
             * @memberof tillgate.v1.Released
             * @instance
             */
            Released.prototype.cause = 0;

            /**
             * Released abortSeq.
             * @member {number} abortSeq
             * @memberof tillgate.v1.Released
             * @instance
             */
            Released.prototype.abortSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Released message. Does not implicitly {@link tillgate.v1.Released.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Released
             * @static
             * @param {tillgate.v1.Released.$Properties} message Released message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Released.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.readyNonce != null && $Object.hasOwnProperty.call(message, "readyNonce") && message.readyNonce.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.readyNonce);
                if (message.cause != null && $Object.hasOwnProperty.call(message, "cause") && message.cause !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.cause);
                if (message.abortSeq != null && $Object.hasOwnProperty.call(message, "abortSeq") && (typeof message.abortSeq === "object" ? message.abortSeq.low || message.abortSeq.high : message.abortSeq !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.abortSeq);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Released message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Released
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Released & tillgate.v1.Released.$Shape} Released
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Released.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Released();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.readyNonce = value;
                            else
                                delete message.readyNonce;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.cause = value;
                            else
                                delete message.cause;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.abortSeq = value;
                            else
                                delete message.abortSeq;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Released;
        })();

        /**
         * ReleaseCause enum.
         * @name tillgate.v1.ReleaseCause
         * @enum {number}
         * @property {number} RELEASE_CAUSE_UNSPECIFIED=0 RELEASE_CAUSE_UNSPECIFIED value
         * @property {number} ABORTED=1 ABORTED value
         * @property {number} LEASE_OVER=2 LEASE_OVER value
         * @property {number} REBOOTED=3 REBOOTED value
         * @property {number} DISPLACED=4 DISPLACED value
         * @property {number} NEVER_SEEN=5 NEVER_SEEN value
         */
        v1.ReleaseCause = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "RELEASE_CAUSE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "ABORTED"] = 1;
            values[valuesById[2] = "LEASE_OVER"] = 2;
            values[valuesById[3] = "REBOOTED"] = 3;
            values[valuesById[4] = "DISPLACED"] = 4;
            values[valuesById[5] = "NEVER_SEEN"] = 5;
            return values;
        })();

        v1.Refused = (function() {

            /**
             * Properties of a Refused.
             * @typedef {Object} tillgate.v1.Refused.$Properties
             * @property {number|null} [code] Refused code
             * @property {Uint8Array|null} [readyNonce] Refused readyNonce
             * @property {string|null} [detail] Refused detail
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Refused.
             * @memberof tillgate.v1
             * @interface IRefused
             * @augments tillgate.v1.Refused.$Properties
             * @deprecated Use tillgate.v1.Refused.$Properties instead.
             */

            /**
             * Shape of a Refused.
             * @typedef {tillgate.v1.Refused.$Properties} tillgate.v1.Refused.$Shape
             */

            /**
             * Constructs a new Refused.
             * @memberof tillgate.v1
             * @classdesc Represents a Refused.
             * @constructor
             * @param {tillgate.v1.Refused.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Refused = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Refused code.
             * @member {number} code
             * @memberof tillgate.v1.Refused
             * @instance
             */
            Refused.prototype.code = 0;

            /**
             * Refused readyNonce.
             * @member {Uint8Array} readyNonce
             * @memberof tillgate.v1.Refused
             * @instance
             */
            Refused.prototype.readyNonce = $util.newBuffer([]);

            /**
             * Refused detail.
             * @member {string} detail
             * @memberof tillgate.v1.Refused
             * @instance
             */
            Refused.prototype.detail = "";

            /**
             * Encodes the specified Refused message. Does not implicitly {@link tillgate.v1.Refused.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Refused
             * @static
             * @param {tillgate.v1.Refused.$Properties} message Refused message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Refused.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.code);
                if (message.readyNonce != null && $Object.hasOwnProperty.call(message, "readyNonce") && message.readyNonce.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.readyNonce);
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.detail);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Refused message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Refused
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Refused & tillgate.v1.Refused.$Shape} Refused
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Refused.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Refused();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.readyNonce = value;
                            else
                                delete message.readyNonce;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.detail = value;
                            else
                                delete message.detail;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Refused;
        })();

        v1.Result = (function() {

            /**
             * Properties of a Result.
             * @typedef {Object} tillgate.v1.Result.$Properties
             * @property {number|null} [code] Result code
             * @property {Uint8Array|null} [payload] Result payload
             * @property {boolean|null} [unknown] Result unknown
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Result.
             * @memberof tillgate.v1
             * @interface IResult
             * @augments tillgate.v1.Result.$Properties
             * @deprecated Use tillgate.v1.Result.$Properties instead.
             */

            /**
             * Shape of a Result.
             * @typedef {tillgate.v1.Result.$Properties} tillgate.v1.Result.$Shape
             */

            /**
             * Constructs a new Result.
             * @memberof tillgate.v1
             * @classdesc Represents a Result.
             * @constructor
             * @param {tillgate.v1.Result.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Result = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Result code.
             * @member {number} code
             * @memberof tillgate.v1.Result
             * @instance
             */
            Result.prototype.code = 0;

            /**
             * Result payload.
             * @member {Uint8Array} payload
             * @memberof tillgate.v1.Result
             * @instance
             */
            Result.prototype.payload = $util.newBuffer([]);

            /**
             * Result unknown.
             * @member {boolean} unknown
             * @memberof tillgate.v1.Result
             * @instance
             */
            Result.prototype.unknown = false;

            /**
             * Encodes the specified Result message. Does not implicitly {@link tillgate.v1.Result.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Result
             * @static
             * @param {tillgate.v1.Result.$Properties} message Result message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Result.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.code);
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.payload);
                if (message.unknown != null && $Object.hasOwnProperty.call(message, "unknown") && message.unknown !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.unknown);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Result message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Result
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Result & tillgate.v1.Result.$Shape} Result
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Result.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Result();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.payload = value;
                            else
                                delete message.payload;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.unknown = value;
                            else
                                delete message.unknown;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Result;
        })();

        v1.SelfTestResult = (function() {

            /**
             * Properties of a SelfTestResult.
             * @typedef {Object} tillgate.v1.SelfTestResult.$Properties
             * @property {boolean|null} [keysOk] SelfTestResult keysOk
             * @property {boolean|null} [flashOk] SelfTestResult flashOk
             * @property {boolean|null} [clockOk] SelfTestResult clockOk
             * @property {string|null} [firmware] SelfTestResult firmware
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SelfTestResult.
             * @memberof tillgate.v1
             * @interface ISelfTestResult
             * @augments tillgate.v1.SelfTestResult.$Properties
             * @deprecated Use tillgate.v1.SelfTestResult.$Properties instead.
             */

            /**
             * Shape of a SelfTestResult.
             * @typedef {tillgate.v1.SelfTestResult.$Properties} tillgate.v1.SelfTestResult.$Shape
             */

            /**
             * Constructs a new SelfTestResult.
             * @memberof tillgate.v1
             * @classdesc Represents a SelfTestResult.
             * @constructor
             * @param {tillgate.v1.SelfTestResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SelfTestResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SelfTestResult keysOk.
             * @member {boolean} keysOk
             * @memberof tillgate.v1.SelfTestResult
             * @instance
             */
            SelfTestResult.prototype.keysOk = false;

            /**
             * SelfTestResult flashOk.
             * @member {boolean} flashOk
             * @memberof tillgate.v1.SelfTestResult
             * @instance
             */
            SelfTestResult.prototype.flashOk = false;

            /**
             * SelfTestResult clockOk.
             * @member {boolean} clockOk
             * @memberof tillgate.v1.SelfTestResult
             * @instance
             */
            SelfTestResult.prototype.clockOk = false;

            /**
             * SelfTestResult firmware.
             * @member {string} firmware
             * @memberof tillgate.v1.SelfTestResult
             * @instance
             */
            SelfTestResult.prototype.firmware = "";

            /**
             * Encodes the specified SelfTestResult message. Does not implicitly {@link tillgate.v1.SelfTestResult.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.SelfTestResult
             * @static
             * @param {tillgate.v1.SelfTestResult.$Properties} message SelfTestResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SelfTestResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.keysOk != null && $Object.hasOwnProperty.call(message, "keysOk") && message.keysOk !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.keysOk);
                if (message.flashOk != null && $Object.hasOwnProperty.call(message, "flashOk") && message.flashOk !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.flashOk);
                if (message.clockOk != null && $Object.hasOwnProperty.call(message, "clockOk") && message.clockOk !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.clockOk);
                if (message.firmware != null && $Object.hasOwnProperty.call(message, "firmware") && message.firmware !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.firmware);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SelfTestResult message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.SelfTestResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.SelfTestResult & tillgate.v1.SelfTestResult.$Shape} SelfTestResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SelfTestResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.SelfTestResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.keysOk = value;
                            else
                                delete message.keysOk;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.flashOk = value;
                            else
                                delete message.flashOk;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.clockOk = value;
                            else
                                delete message.clockOk;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.firmware = value;
                            else
                                delete message.firmware;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SelfTestResult;
        })();

        v1.BindResult = (function() {

            /**
             * Properties of a BindResult.
             * @typedef {Object} tillgate.v1.BindResult.$Properties
             * @property {number|null} [bindingEpoch] BindResult bindingEpoch
             * @property {Uint8Array|null} [paramsHash] BindResult paramsHash
             * @property {Array.<tillgate.v1.KeySlot.$Properties>|null} [keySlots] BindResult keySlots
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BindResult.
             * @memberof tillgate.v1
             * @interface IBindResult
             * @augments tillgate.v1.BindResult.$Properties
             * @deprecated Use tillgate.v1.BindResult.$Properties instead.
             */

            /**
             * Shape of a BindResult.
             * @typedef {tillgate.v1.BindResult.$Properties} tillgate.v1.BindResult.$Shape
             */

            /**
             * Constructs a new BindResult.
             * @memberof tillgate.v1
             * @classdesc Represents a BindResult.
             * @constructor
             * @param {tillgate.v1.BindResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BindResult = function (properties) {
                this.keySlots = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BindResult bindingEpoch.
             * @member {number} bindingEpoch
             * @memberof tillgate.v1.BindResult
             * @instance
             */
            BindResult.prototype.bindingEpoch = 0;

            /**
             * BindResult paramsHash.
             * @member {Uint8Array} paramsHash
             * @memberof tillgate.v1.BindResult
             * @instance
             */
            BindResult.prototype.paramsHash = $util.newBuffer([]);

            /**
             * BindResult keySlots.
             * @member {Array.<tillgate.v1.KeySlot.$Properties>} keySlots
             * @memberof tillgate.v1.BindResult
             * @instance
             */
            BindResult.prototype.keySlots = $util.emptyArray;

            /**
             * Encodes the specified BindResult message. Does not implicitly {@link tillgate.v1.BindResult.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.BindResult
             * @static
             * @param {tillgate.v1.BindResult.$Properties} message BindResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BindResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bindingEpoch != null && $Object.hasOwnProperty.call(message, "bindingEpoch") && message.bindingEpoch !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.bindingEpoch);
                if (message.paramsHash != null && $Object.hasOwnProperty.call(message, "paramsHash") && message.paramsHash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.paramsHash);
                if (message.keySlots != null && message.keySlots.length)
                    for (let i = 0; i < message.keySlots.length; ++i)
                        $root.tillgate.v1.KeySlot.encode(message.keySlots[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BindResult message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.BindResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.BindResult & tillgate.v1.BindResult.$Shape} BindResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BindResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.BindResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.bindingEpoch = value;
                            else
                                delete message.bindingEpoch;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.paramsHash = value;
                            else
                                delete message.paramsHash;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.keySlots && message.keySlots.length))
                                message.keySlots = [];
                            message.keySlots.push($root.tillgate.v1.KeySlot.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BindResult;
        })();

        v1.SlotErasure = (function() {

            /**
             * Properties of a SlotErasure.
             * @typedef {Object} tillgate.v1.SlotErasure.$Properties
             * @property {tillgate.v1.KeySlot.$Properties|null} [before] SlotErasure before
             * @property {tillgate.v1.KeySlot.$Properties|null} [after] SlotErasure after
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SlotErasure.
             * @memberof tillgate.v1
             * @interface ISlotErasure
             * @augments tillgate.v1.SlotErasure.$Properties
             * @deprecated Use tillgate.v1.SlotErasure.$Properties instead.
             */

            /**
             * Shape of a SlotErasure.
             * @typedef {tillgate.v1.SlotErasure.$Properties} tillgate.v1.SlotErasure.$Shape
             */

            /**
             * Constructs a new SlotErasure.
             * @memberof tillgate.v1
             * @classdesc Represents a SlotErasure.
             * @constructor
             * @param {tillgate.v1.SlotErasure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SlotErasure = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SlotErasure before.
             * @member {tillgate.v1.KeySlot.$Properties|null|undefined} before
             * @memberof tillgate.v1.SlotErasure
             * @instance
             */
            SlotErasure.prototype.before = null;

            /**
             * SlotErasure after.
             * @member {tillgate.v1.KeySlot.$Properties|null|undefined} after
             * @memberof tillgate.v1.SlotErasure
             * @instance
             */
            SlotErasure.prototype.after = null;

            /**
             * Encodes the specified SlotErasure message. Does not implicitly {@link tillgate.v1.SlotErasure.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.SlotErasure
             * @static
             * @param {tillgate.v1.SlotErasure.$Properties} message SlotErasure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SlotErasure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.before != null && $Object.hasOwnProperty.call(message, "before"))
                    $root.tillgate.v1.KeySlot.encode(message.before, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.after != null && $Object.hasOwnProperty.call(message, "after"))
                    $root.tillgate.v1.KeySlot.encode(message.after, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SlotErasure message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.SlotErasure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.SlotErasure & tillgate.v1.SlotErasure.$Shape} SlotErasure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SlotErasure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.SlotErasure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.before = $root.tillgate.v1.KeySlot.decode(reader, reader.size(), $undefined, _depth + 1, message.before);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.after = $root.tillgate.v1.KeySlot.decode(reader, reader.size(), $undefined, _depth + 1, message.after);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SlotErasure;
        })();

        v1.AreaErasure = (function() {

            /**
             * Properties of an AreaErasure.
             * @typedef {Object} tillgate.v1.AreaErasure.$Properties
             * @property {string|null} [name] AreaErasure name
             * @property {number|null} [recordsBefore] AreaErasure recordsBefore
             * @property {number|null} [recordsAfter] AreaErasure recordsAfter
             * @property {string|null} [method] AreaErasure method
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AreaErasure.
             * @memberof tillgate.v1
             * @interface IAreaErasure
             * @augments tillgate.v1.AreaErasure.$Properties
             * @deprecated Use tillgate.v1.AreaErasure.$Properties instead.
             */

            /**
             * Shape of an AreaErasure.
             * @typedef {tillgate.v1.AreaErasure.$Properties} tillgate.v1.AreaErasure.$Shape
             */

            /**
             * Constructs a new AreaErasure.
             * @memberof tillgate.v1
             * @classdesc Represents an AreaErasure.
             * @constructor
             * @param {tillgate.v1.AreaErasure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AreaErasure = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AreaErasure name.
             * @member {string} name
             * @memberof tillgate.v1.AreaErasure
             * @instance
             */
            AreaErasure.prototype.name = "";

            /**
             * AreaErasure recordsBefore.
             * @member {number} recordsBefore
             * @memberof tillgate.v1.AreaErasure
             * @instance
             */
            AreaErasure.prototype.recordsBefore = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * AreaErasure recordsAfter.
             * @member {number} recordsAfter
             * @memberof tillgate.v1.AreaErasure
             * @instance
             */
            AreaErasure.prototype.recordsAfter = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * AreaErasure method.
             * @member {string} method
             * @memberof tillgate.v1.AreaErasure
             * @instance
             */
            AreaErasure.prototype.method = "";

            /**
             * Encodes the specified AreaErasure message. Does not implicitly {@link tillgate.v1.AreaErasure.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.AreaErasure
             * @static
             * @param {tillgate.v1.AreaErasure.$Properties} message AreaErasure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AreaErasure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.recordsBefore != null && $Object.hasOwnProperty.call(message, "recordsBefore") && (typeof message.recordsBefore === "object" ? message.recordsBefore.low || message.recordsBefore.high : message.recordsBefore !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.recordsBefore);
                if (message.recordsAfter != null && $Object.hasOwnProperty.call(message, "recordsAfter") && (typeof message.recordsAfter === "object" ? message.recordsAfter.low || message.recordsAfter.high : message.recordsAfter !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.recordsAfter);
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.method);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AreaErasure message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.AreaErasure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.AreaErasure & tillgate.v1.AreaErasure.$Shape} AreaErasure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AreaErasure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.AreaErasure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.recordsBefore = value;
                            else
                                delete message.recordsBefore;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.recordsAfter = value;
                            else
                                delete message.recordsAfter;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return AreaErasure;
        })();

        v1.Proof = (function() {

            /**
             * Properties of a Proof.
             * @typedef {Object} tillgate.v1.Proof.$Properties
             * @property {Uint8Array|null} [readyNonce] Proof readyNonce
             * @property {Uint8Array|null} [proceedHash] Proof proceedHash
             * @property {number|null} [assetEpoch] Proof assetEpoch
             * @property {number|null} [bindingEpoch] Proof bindingEpoch
             * @property {number|null} [counter] Proof counter
             * @property {string|null} [firmware] Proof firmware
             * @property {Array.<tillgate.v1.SlotErasure.$Properties>|null} [slots] Proof slots
             * @property {Array.<tillgate.v1.AreaErasure.$Properties>|null} [areas] Proof areas
             * @property {number|null} [erasedAtMs] Proof erasedAtMs
             * @property {number|null} [resumed] Proof resumed
             * @property {boolean|null} [partial] Proof partial
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Proof.
             * @memberof tillgate.v1
             * @interface IProof
             * @augments tillgate.v1.Proof.$Properties
             * @deprecated Use tillgate.v1.Proof.$Properties instead.
             */

            /**
             * Shape of a Proof.
             * @typedef {tillgate.v1.Proof.$Properties} tillgate.v1.Proof.$Shape
             */

            /**
             * Constructs a new Proof.
             * @memberof tillgate.v1
             * @classdesc Represents a Proof.
             * @constructor
             * @param {tillgate.v1.Proof.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Proof = function (properties) {
                this.slots = [];
                this.areas = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Proof readyNonce.
             * @member {Uint8Array} readyNonce
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.readyNonce = $util.newBuffer([]);

            /**
             * Proof proceedHash.
             * @member {Uint8Array} proceedHash
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.proceedHash = $util.newBuffer([]);

            /**
             * Proof assetEpoch.
             * @member {number} assetEpoch
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.assetEpoch = 0;

            /**
             * Proof bindingEpoch.
             * @member {number} bindingEpoch
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.bindingEpoch = 0;

            /**
             * Proof counter.
             * @member {number} counter
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.counter = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Proof firmware.
             * @member {string} firmware
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.firmware = "";

            /**
             * Proof slots.
             * @member {Array.<tillgate.v1.SlotErasure.$Properties>} slots
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.slots = $util.emptyArray;

            /**
             * Proof areas.
             * @member {Array.<tillgate.v1.AreaErasure.$Properties>} areas
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.areas = $util.emptyArray;

            /**
             * Proof erasedAtMs.
             * @member {number} erasedAtMs
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.erasedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Proof resumed.
             * @member {number} resumed
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.resumed = 0;

            /**
             * Proof partial.
             * @member {boolean} partial
             * @memberof tillgate.v1.Proof
             * @instance
             */
            Proof.prototype.partial = false;

            /**
             * Encodes the specified Proof message. Does not implicitly {@link tillgate.v1.Proof.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Proof
             * @static
             * @param {tillgate.v1.Proof.$Properties} message Proof message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Proof.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.readyNonce != null && $Object.hasOwnProperty.call(message, "readyNonce") && message.readyNonce.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.readyNonce);
                if (message.proceedHash != null && $Object.hasOwnProperty.call(message, "proceedHash") && message.proceedHash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.proceedHash);
                if (message.assetEpoch != null && $Object.hasOwnProperty.call(message, "assetEpoch") && message.assetEpoch !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.assetEpoch);
                if (message.bindingEpoch != null && $Object.hasOwnProperty.call(message, "bindingEpoch") && message.bindingEpoch !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.bindingEpoch);
                if (message.counter != null && $Object.hasOwnProperty.call(message, "counter") && (typeof message.counter === "object" ? message.counter.low || message.counter.high : message.counter !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.counter);
                if (message.firmware != null && $Object.hasOwnProperty.call(message, "firmware") && message.firmware !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.firmware);
                if (message.slots != null && message.slots.length)
                    for (let i = 0; i < message.slots.length; ++i)
                        $root.tillgate.v1.SlotErasure.encode(message.slots[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.areas != null && message.areas.length)
                    for (let i = 0; i < message.areas.length; ++i)
                        $root.tillgate.v1.AreaErasure.encode(message.areas[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.erasedAtMs != null && $Object.hasOwnProperty.call(message, "erasedAtMs") && (typeof message.erasedAtMs === "object" ? message.erasedAtMs.low || message.erasedAtMs.high : message.erasedAtMs !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.erasedAtMs);
                if (message.resumed != null && $Object.hasOwnProperty.call(message, "resumed") && message.resumed !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.resumed);
                if (message.partial != null && $Object.hasOwnProperty.call(message, "partial") && message.partial !== false)
                    writer.uint32(/* id 11, wireType 0 =*/88).bool(message.partial);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Proof message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Proof
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Proof & tillgate.v1.Proof.$Shape} Proof
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Proof.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Proof();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.readyNonce = value;
                            else
                                delete message.readyNonce;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.proceedHash = value;
                            else
                                delete message.proceedHash;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.assetEpoch = value;
                            else
                                delete message.assetEpoch;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.bindingEpoch = value;
                            else
                                delete message.bindingEpoch;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.counter = value;
                            else
                                delete message.counter;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.firmware = value;
                            else
                                delete message.firmware;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.slots && message.slots.length))
                                message.slots = [];
                            message.slots.push($root.tillgate.v1.SlotErasure.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.areas && message.areas.length))
                                message.areas = [];
                            message.areas.push($root.tillgate.v1.AreaErasure.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.erasedAtMs = value;
                            else
                                delete message.erasedAtMs;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.resumed = value;
                            else
                                delete message.resumed;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.partial = value;
                            else
                                delete message.partial;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Proof;
        })();

        v1.Status = (function() {

            /**
             * Properties of a Status.
             * @typedef {Object} tillgate.v1.Status.$Properties
             * @property {number|null} [querySeq] Status querySeq
             * @property {number|null} [state] Status state
             * @property {Uint8Array|null} [readyNonce] Status readyNonce
             * @property {number|null} [code] Status code
             * @property {Uint8Array|null} [payload] Status payload
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Status.
             * @memberof tillgate.v1
             * @interface IStatus
             * @augments tillgate.v1.Status.$Properties
             * @deprecated Use tillgate.v1.Status.$Properties instead.
             */

            /**
             * Shape of a Status.
             * @typedef {tillgate.v1.Status.$Properties} tillgate.v1.Status.$Shape
             */

            /**
             * Constructs a new Status.
             * @memberof tillgate.v1
             * @classdesc Represents a Status.
             * @constructor
             * @param {tillgate.v1.Status.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Status = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Status querySeq.
             * @member {number} querySeq
             * @memberof tillgate.v1.Status
             * @instance
             */
            Status.prototype.querySeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Status state.
             * @member {number} state
             * @memberof tillgate.v1.Status
             * @instance
             */
            Status.prototype.state = 0;

            /**
             * Status readyNonce.
             * @member {Uint8Array} readyNonce
             * @memberof tillgate.v1.Status
             * @instance
             */
            Status.prototype.readyNonce = $util.newBuffer([]);

            /**
             * Status code.
             * @member {number} code
             * @memberof tillgate.v1.Status
             * @instance
             */
            Status.prototype.code = 0;

            /**
             * Status payload.
             * @member {Uint8Array} payload
             * @memberof tillgate.v1.Status
             * @instance
             */
            Status.prototype.payload = $util.newBuffer([]);

            /**
             * Encodes the specified Status message. Does not implicitly {@link tillgate.v1.Status.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Status
             * @static
             * @param {tillgate.v1.Status.$Properties} message Status message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Status.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.querySeq != null && $Object.hasOwnProperty.call(message, "querySeq") && (typeof message.querySeq === "object" ? message.querySeq.low || message.querySeq.high : message.querySeq !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.querySeq);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.state);
                if (message.readyNonce != null && $Object.hasOwnProperty.call(message, "readyNonce") && message.readyNonce.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.readyNonce);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.code);
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.payload);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Status
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Status & tillgate.v1.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Status.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Status();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.querySeq = value;
                            else
                                delete message.querySeq;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.readyNonce = value;
                            else
                                delete message.readyNonce;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.payload = value;
                            else
                                delete message.payload;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Status;
        })();

        /**
         * JournalState enum.
         * @name tillgate.v1.JournalState
         * @enum {number}
         * @property {number} JOURNAL_STATE_UNSPECIFIED=0 JOURNAL_STATE_UNSPECIFIED value
         * @property {number} NOT_SEEN=1 NOT_SEEN value
         * @property {number} RUNNING_NOW=2 RUNNING_NOW value
         * @property {number} PREPARING=3 PREPARING value
         * @property {number} PREPARED_NOW=4 PREPARED_NOW value
         * @property {number} ERASING=5 ERASING value
         * @property {number} DONE=6 DONE value
         * @property {number} FAILED=7 FAILED value
         * @property {number} REFUSED=8 REFUSED value
         * @property {number} RELEASED=9 RELEASED value
         * @property {number} INTERRUPTED=10 INTERRUPTED value
         */
        v1.JournalState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "JOURNAL_STATE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "NOT_SEEN"] = 1;
            values[valuesById[2] = "RUNNING_NOW"] = 2;
            values[valuesById[3] = "PREPARING"] = 3;
            values[valuesById[4] = "PREPARED_NOW"] = 4;
            values[valuesById[5] = "ERASING"] = 5;
            values[valuesById[6] = "DONE"] = 6;
            values[valuesById[7] = "FAILED"] = 7;
            values[valuesById[8] = "REFUSED"] = 8;
            values[valuesById[9] = "RELEASED"] = 9;
            values[valuesById[10] = "INTERRUPTED"] = 10;
            return values;
        })();

        v1.Alarm = (function() {

            /**
             * Properties of an Alarm.
             * @typedef {Object} tillgate.v1.Alarm.$Properties
             * @property {number|null} [code] Alarm code
             * @property {string|null} [detail] Alarm detail
             * @property {Uint8Array|null} [offendingHash] Alarm offendingHash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Alarm.
             * @memberof tillgate.v1
             * @interface IAlarm
             * @augments tillgate.v1.Alarm.$Properties
             * @deprecated Use tillgate.v1.Alarm.$Properties instead.
             */

            /**
             * Shape of an Alarm.
             * @typedef {tillgate.v1.Alarm.$Properties} tillgate.v1.Alarm.$Shape
             */

            /**
             * Constructs a new Alarm.
             * @memberof tillgate.v1
             * @classdesc Represents an Alarm.
             * @constructor
             * @param {tillgate.v1.Alarm.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Alarm = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Alarm code.
             * @member {number} code
             * @memberof tillgate.v1.Alarm
             * @instance
             */
            Alarm.prototype.code = 0;

            /**
             * Alarm detail.
             * @member {string} detail
             * @memberof tillgate.v1.Alarm
             * @instance
             */
            Alarm.prototype.detail = "";

            /**
             * Alarm offendingHash.
             * @member {Uint8Array} offendingHash
             * @memberof tillgate.v1.Alarm
             * @instance
             */
            Alarm.prototype.offendingHash = $util.newBuffer([]);

            /**
             * Encodes the specified Alarm message. Does not implicitly {@link tillgate.v1.Alarm.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.Alarm
             * @static
             * @param {tillgate.v1.Alarm.$Properties} message Alarm message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Alarm.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.code);
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.detail);
                if (message.offendingHash != null && $Object.hasOwnProperty.call(message, "offendingHash") && message.offendingHash.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.offendingHash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Alarm message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.Alarm
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.Alarm & tillgate.v1.Alarm.$Shape} Alarm
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Alarm.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.Alarm();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.detail = value;
                            else
                                delete message.detail;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.offendingHash = value;
                            else
                                delete message.offendingHash;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Alarm;
        })();

        v1.RenewRequest = (function() {

            /**
             * Properties of a RenewRequest.
             * @typedef {Object} tillgate.v1.RenewRequest.$Properties
             * @property {Uint8Array|null} [csr] RenewRequest csr
             * @property {Uint8Array|null} [proofOfOldKey] RenewRequest proofOfOldKey
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RenewRequest.
             * @memberof tillgate.v1
             * @interface IRenewRequest
             * @augments tillgate.v1.RenewRequest.$Properties
             * @deprecated Use tillgate.v1.RenewRequest.$Properties instead.
             */

            /**
             * Shape of a RenewRequest.
             * @typedef {tillgate.v1.RenewRequest.$Properties} tillgate.v1.RenewRequest.$Shape
             */

            /**
             * Constructs a new RenewRequest.
             * @memberof tillgate.v1
             * @classdesc Represents a RenewRequest.
             * @constructor
             * @param {tillgate.v1.RenewRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RenewRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RenewRequest csr.
             * @member {Uint8Array} csr
             * @memberof tillgate.v1.RenewRequest
             * @instance
             */
            RenewRequest.prototype.csr = $util.newBuffer([]);

            /**
             * RenewRequest proofOfOldKey.
             * @member {Uint8Array} proofOfOldKey
             * @memberof tillgate.v1.RenewRequest
             * @instance
             */
            RenewRequest.prototype.proofOfOldKey = $util.newBuffer([]);

            /**
             * Encodes the specified RenewRequest message. Does not implicitly {@link tillgate.v1.RenewRequest.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.RenewRequest
             * @static
             * @param {tillgate.v1.RenewRequest.$Properties} message RenewRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RenewRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.csr != null && $Object.hasOwnProperty.call(message, "csr") && message.csr.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.csr);
                if (message.proofOfOldKey != null && $Object.hasOwnProperty.call(message, "proofOfOldKey") && message.proofOfOldKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.proofOfOldKey);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RenewRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.RenewRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.RenewRequest & tillgate.v1.RenewRequest.$Shape} RenewRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RenewRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.RenewRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.csr = value;
                            else
                                delete message.csr;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.proofOfOldKey = value;
                            else
                                delete message.proofOfOldKey;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RenewRequest;
        })();

        v1.OfflineAnswer = (function() {

            /**
             * Properties of an OfflineAnswer.
             * @typedef {Object} tillgate.v1.OfflineAnswer.$Properties
             * @property {Uint8Array|null} [command] OfflineAnswer command
             * @property {Uint8Array|null} [proceed] OfflineAnswer proceed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OfflineAnswer.
             * @memberof tillgate.v1
             * @interface IOfflineAnswer
             * @augments tillgate.v1.OfflineAnswer.$Properties
             * @deprecated Use tillgate.v1.OfflineAnswer.$Properties instead.
             */

            /**
             * Shape of an OfflineAnswer.
             * @typedef {tillgate.v1.OfflineAnswer.$Properties} tillgate.v1.OfflineAnswer.$Shape
             */

            /**
             * Constructs a new OfflineAnswer.
             * @memberof tillgate.v1
             * @classdesc Represents an OfflineAnswer.
             * @constructor
             * @param {tillgate.v1.OfflineAnswer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OfflineAnswer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OfflineAnswer command.
             * @member {Uint8Array} command
             * @memberof tillgate.v1.OfflineAnswer
             * @instance
             */
            OfflineAnswer.prototype.command = $util.newBuffer([]);

            /**
             * OfflineAnswer proceed.
             * @member {Uint8Array} proceed
             * @memberof tillgate.v1.OfflineAnswer
             * @instance
             */
            OfflineAnswer.prototype.proceed = $util.newBuffer([]);

            /**
             * Encodes the specified OfflineAnswer message. Does not implicitly {@link tillgate.v1.OfflineAnswer.verify|verify} messages.
             * @function encode
             * @memberof tillgate.v1.OfflineAnswer
             * @static
             * @param {tillgate.v1.OfflineAnswer.$Properties} message OfflineAnswer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OfflineAnswer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.command != null && $Object.hasOwnProperty.call(message, "command") && message.command.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.command);
                if (message.proceed != null && $Object.hasOwnProperty.call(message, "proceed") && message.proceed.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.proceed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OfflineAnswer message from the specified reader or buffer.
             * @function decode
             * @memberof tillgate.v1.OfflineAnswer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tillgate.v1.OfflineAnswer & tillgate.v1.OfflineAnswer.$Shape} OfflineAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OfflineAnswer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tillgate.v1.OfflineAnswer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.command = value;
                            else
                                delete message.command;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.proceed = value;
                            else
                                delete message.proceed;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OfflineAnswer;
        })();

        return v1;
    })();

    return tillgate;
})();

export {
  $root as default
};
