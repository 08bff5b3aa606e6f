/**
 * Every operation by its name. A runner looks an operation up here; nothing else lists them. Add an
 * operation: its file, a line here, its situation in the contract suite.
 */
import { attachLink } from './attach-link.js'
import { makeLink } from './make-link.js'
import { revokeLink } from './revoke-link.js'
import { addContact } from './add-contact.js'
import { advanceCursor } from './advance-cursor.js'
import { beginDocument } from './begin-document.js'
import { beginForcedBlock } from './begin-forced-block.js'
import { forceCase } from './force-case.js'
import { recordForcedBlock } from './record-forced-block.js'
import { approveCase } from './approve-case.js'
import { beginHostCall } from './begin-host-call.js'
import { cancelCase } from './cancel-case.js'
import { cancelCommand } from './cancel-command.js'
import { claimCommand } from './claim-command.js'
import { commitProceed } from './commit-proceed.js'
import { createApiToken } from './create-api-token.js'
import { createEnrolmentToken } from './create-enrolment-token.js'
import { createMerchant } from './create-merchant.js'
import { createStore } from './create-store.js'
import { destroyScopeKey } from './destroy-scope-key.js'
import { dropDocument } from './drop-document.js'
import { endContact } from './end-contact.js'
import { recordNotice } from './record-notice.js'
import { sendCode } from './send-code.js'
import { tellMerchant } from './tell-merchant.js'
import { noteExport } from './note-export.js'
import { noteFee } from './note-fee.js'
import { keepAgreement } from './keep-agreement.js'
import { endLegalHold } from './end-legal-hold.js'
import { endSession } from './end-session.js'
import { enrolTerminal } from './enrol-terminal.js'
import { keepDocument } from './keep-document.js'
import { makeScopeKey } from './make-scope-key.js'
import { moveCase } from './move-case.js'
import { noteTime } from './note-time.js'
import { openCase } from './open-case.js'
import { openSession } from './open-session.js'
import { orderBinding } from './order-binding.js'
import { orderCase } from './order-case.js'
import { orderErase } from './order-erase.js'
import { orderCommand } from './order-command.js'
import { placeLegalHold } from './place-legal-hold.js'
import { beginActivation } from './begin-activation.js'
import { castVote } from './cast-vote.js'
import { changePassword } from './change-password.js'
import { changeUser } from './change-user.js'
import { confirmCase } from './confirm-case.js'
import { confirmActivation } from './confirm-activation.js'
import { createUser } from './create-user.js'
import { expireApproval } from './expire-approval.js'
import { requestApproval } from './request-approval.js'
import { resetUser } from './reset-user.js'
import { signIn } from './sign-in.js'
import { signOut } from './sign-out.js'
import { touchSession } from './touch-session.js'
import { withdrawApproval } from './withdraw-approval.js'
import { raiseAlarm } from './raise-alarm.js'
import { recordInspection } from './record-inspection.js'
import { recordCancelling } from './record-cancelling.js'
import { recordRegistration } from './record-registration.js'
import { reportAttempt } from './report-attempt.js'
import { reportBinding } from './report-binding.js'
import { withdrawBinding } from './withdraw-binding.js'
import { recordAccepted } from './record-accepted.js'
import { recordHostAnswer } from './record-host-answer.js'
import { recordProgress } from './record-progress.js'
import { recordProof } from './record-proof.js'
import { recordReady } from './record-ready.js'
import { recordRefused } from './record-refused.js'
import { recordOfflineReleased } from './record-offline-released.js'
import { recordReleased } from './record-released.js'
import { recordResult } from './record-result.js'
import { recordStatus } from './record-status.js'
import { registerCertificate } from './register-certificate.js'
import { registerTerminal } from './register-terminal.js'
import { renewCertificate } from './renew-certificate.js'
import { replaceSealedPart } from './replace-sealed-part.js'
import { reserveSequences } from './reserve-sequences.js'
import { retireVaultEntry } from './retire-vault-entry.js'
import { revokeApiToken } from './revoke-api-token.js'
import { revokeCertificate } from './revoke-certificate.js'
import { setRetention } from './set-retention.js'
import { storeDocumentPart } from './store-document-part.js'
import { sealEvents } from './seal-events.js'
import { storeCheckpoint } from './store-checkpoint.js'
import { storeVaultEntry } from './store-vault-entry.js'

export const operations = {
  'create-merchant': createMerchant,
  'create-store': createStore,
  'register-terminal': registerTerminal,
  'create-api-token': createApiToken,
  'revoke-api-token': revokeApiToken,
  // the way of a command
  'order-binding': orderBinding,
  'report-binding': reportBinding,
  'report-attempt': reportAttempt,
  'record-registration': recordRegistration,
  'record-inspection': recordInspection,
  'withdraw-binding': withdrawBinding,
  'record-cancelling': recordCancelling,
  'order-command': orderCommand,
  'claim-command': claimCommand,
  'cancel-command': cancelCommand,
  'begin-host-call': beginHostCall,
  'record-host-answer': recordHostAnswer,
  'commit-proceed': commitProceed,
  'note-time': noteTime,
  // unbind cases
  'open-case': openCase,
  'move-case': moveCase,
  'approve-case': approveCase,
  'order-case': orderCase,
  'order-erase': orderErase,
  'cancel-case': cancelCase,
  'force-case': forceCase,
  'begin-forced-block': beginForcedBlock,
  'record-forced-block': recordForcedBlock,
  // the merchant's side
  'add-contact': addContact,
  'end-contact': endContact,
  'send-code': sendCode,
  'tell-merchant': tellMerchant,
  'note-fee': noteFee,
  'note-export': noteExport,
  'keep-agreement': keepAgreement,
  'confirm-case': confirmCase,
  'record-notice': recordNotice,
  'make-link': makeLink,
  'attach-link': attachLink,
  'revoke-link': revokeLink,
  // what a terminal says
  'open-session': openSession,
  'end-session': endSession,
  'reserve-sequences': reserveSequences,
  'record-accepted': recordAccepted,
  'record-progress': recordProgress,
  'record-ready': recordReady,
  'record-released': recordReleased,
  'record-offline-released': recordOfflineReleased,
  'record-refused': recordRefused,
  'record-result': recordResult,
  'record-status': recordStatus,
  'record-proof': recordProof,
  // identities and secrets
  'create-enrolment-token': createEnrolmentToken,
  'enrol-terminal': enrolTerminal,
  'register-certificate': registerCertificate,
  'renew-certificate': renewCertificate,
  'revoke-certificate': revokeCertificate,
  'store-vault-entry': storeVaultEntry,
  'retire-vault-entry': retireVaultEntry,
  // what is sealed for a scope, and for how long
  'make-scope-key': makeScopeKey,
  'set-retention': setRetention,
  'destroy-scope-key': destroyScopeKey,
  'place-legal-hold': placeLegalHold,
  'end-legal-hold': endLegalHold,
  'begin-document': beginDocument,
  'store-document-part': storeDocumentPart,
  'keep-document': keepDocument,
  'drop-document': dropDocument,
  'replace-sealed-part': replaceSealedPart,
  // people, and what they decide
  'create-user': createUser,
  'begin-activation': beginActivation,
  'confirm-activation': confirmActivation,
  'sign-in': signIn,
  'touch-session': touchSession,
  'sign-out': signOut,
  'change-password': changePassword,
  'reset-user': resetUser,
  'change-user': changeUser,
  'request-approval': requestApproval,
  'cast-vote': castVote,
  'withdraw-approval': withdrawApproval,
  'expire-approval': expireApproval,
  // readers and alarms
  'raise-alarm': raiseAlarm,
  'advance-cursor': advanceCursor,
  'seal-events': sealEvents,
  'store-checkpoint': storeCheckpoint,
}

export type Operations = typeof operations
export type OperationName = keyof Operations
export type InputOf<N extends OperationName> = Parameters<Operations[N]['decide']>[1]
export type ResultOf<N extends OperationName> = ReturnType<Operations[N]['decide']>['result']
