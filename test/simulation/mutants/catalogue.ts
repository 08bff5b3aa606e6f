/** Every mutant. Add one: its file, a line here; a checker that finds it, where none does. */
import { approvalReused } from './approval-reused.js'
import { bindDuringErasure } from './bind-during-erasure.js'
import { bindForgetsTheProof } from './bind-forgets-the-proof.js'
import { bindWithdrawnAtOnce } from './bind-withdrawn-at-once.js'
import { bodyOfAnotherSession } from './body-of-another-session.js'
import { boundAfterUnproven } from './bound-after-unproven.js'
import { brokerPubackBeforeCommit } from './broker-puback-before-commit.js'
import { cancelAfterProceed } from './cancel-after-proceed.js'
import { cancelWithoutReleased } from './cancel-without-released.js'
import { closedWithoutProof } from './closed-without-proof.js'
import { closedWithoutRegistry } from './closed-without-registry.js'
import { doneOnPuback } from './done-on-puback.js'
import { doneWhenErasing } from './done-when-erasing.js'
import { downlinksOfOthersTaken } from './downlinks-of-others-taken.js'
import { earlierAnswerCounts } from './earlier-answer-counts.js'
import { epochIgnored } from './epoch-ignored.js'
import { epochSkipped } from './epoch-skipped.js'
import { erasedAtReady } from './erased-at-ready.js'
import { erasureNotResumed } from './erasure-not-resumed.js'
import { expiredCommandRuns } from './expired-command-runs.js'
import { fenceIgnoredByClaim } from './fence-ignored-by-claim.js'
import { finishedCommandForgotten } from './finished-command-forgotten.js'
import { finishedCommandRunAgain } from './finished-command-run-again.js'
import { forceClaimsAnErase } from './force-claims-an-erase.js'
import { foreignResultTaken } from './foreign-result-taken.js'
import { helloRepeatedCounts } from './hello-repeated-counts.js'
import { hostLoopGivesUp } from './host-loop-gives-up.js'
import { hostOpensByItself } from './host-opens-by-itself.js'
import { idempotencyKeyIgnored } from './idempotency-key-ignored.js'
import { laneOrderIgnored } from './lane-order-ignored.js'
import { lapsedApprovalCounts } from './lapsed-approval-counts.js'
import { lateResultIgnored } from './late-result-ignored.js'
import { leaseIgnored } from './lease-ignored.js'
import { liveBindingReplaced } from './live-binding-replaced.js'
import { lowerCallAccepted } from './lower-call-accepted.js'
import { macUnchecked } from './mac-unchecked.js'
import { moveWithoutLine } from './move-without-line.js'
import type { Mutant } from './mutant.js'
import { neverSentAgain } from './never-sent-again.js'
import { newAttemptRunsAgain } from './new-attempt-runs-again.js'
import { nobodyAsksForHello } from './nobody-asks-for-hello.js'
import { nonceAliveAfterRefused } from './nonce-alive-after-refused.js'
import { nonceSurvivesReboot } from './nonce-survives-reboot.js'
import { offlineSalesErased } from './offline-sales-erased.js'
import { oldSessionEndsNew } from './old-session-ends-new.js'
import { oneVoteForces } from './one-vote-forces.js'
import { overdueOutcomeKnown } from './overdue-outcome-known.js'
import { proceedAfterCancel } from './proceed-after-cancel.js'
import { proceedSentBeforeCommit } from './proceed-sent-before-commit.js'
import { proceedWithoutBlock } from './proceed-without-block.js'
import { proofDeletedOnPuback } from './proof-deleted-on-puback.js'
import { pubackBeforeCommit } from './puback-before-commit.js'
import { queryStoresNothing } from './query-stores-nothing.js'
import { receiptBeforeCommit } from './receipt-before-commit.js'
import { registryKeyChanges } from './registry-key-changes.js'
import { releasedOfEarlierNonce } from './released-of-earlier-nonce.js'
import { secondCaseOpened } from './second-case-opened.js'
import { selfApproval } from './self-approval.js'
import { sentBeforeCommit } from './sent-before-commit.js'
import { sentToAnotherTerminal } from './sent-to-another-terminal.js'
import { sequenceGivenTwice } from './sequence-given-twice.js'
import { sequenceNotStored } from './sequence-not-stored.js'
import { sessionOfBodyIgnored } from './session-of-body-ignored.js'
import { settlementSkipped } from './settlement-skipped.js'
import { topicIsIdentity } from './topic-is-identity.js'
import { unblockedByTimeOut } from './unblocked-by-time-out.js'
import { willEndsAnySession } from './will-ends-any-session.js'
import { willUnchecked } from './will-unchecked.js'
import { yesBeforeCommit } from './yes-before-commit.js'
import { yesToALateCancel } from './yes-to-a-late-cancel.js'

export const mutants: readonly Mutant[] = [
  yesBeforeCommit,
  pubackBeforeCommit,
  doneOnPuback,
  epochIgnored,
  finishedCommandRunAgain,
  unblockedByTimeOut,
  nonceAliveAfterRefused,
  earlierAnswerCounts,
  lowerCallAccepted,
  proofDeletedOnPuback,
  finishedCommandForgotten,
  bindDuringErasure,
  receiptBeforeCommit,
  sentBeforeCommit,
  proceedSentBeforeCommit,
  proceedWithoutBlock,
  hostOpensByItself,
  proceedAfterCancel,
  cancelAfterProceed,
  yesToALateCancel,
  cancelWithoutReleased,
  releasedOfEarlierNonce,
  doneWhenErasing,
  overdueOutcomeKnown,
  lateResultIgnored,
  neverSentAgain,
  hostLoopGivesUp,
  erasureNotResumed,
  leaseIgnored,
  nonceSurvivesReboot,
  bindForgetsTheProof,
  sequenceNotStored,
  queryStoresNothing,
  sequenceGivenTwice,
  newAttemptRunsAgain,
  bodyOfAnotherSession,
  expiredCommandRuns,
  fenceIgnoredByClaim,
  oldSessionEndsNew,
  helloRepeatedCounts,
  laneOrderIgnored,
  foreignResultTaken,
  sentToAnotherTerminal,
  idempotencyKeyIgnored,
  moveWithoutLine,
  bindWithdrawnAtOnce,
  offlineSalesErased,
  settlementSkipped,
  brokerPubackBeforeCommit,
  topicIsIdentity,
  willUnchecked,
  willEndsAnySession,
  macUnchecked,
  nobodyAsksForHello,
  downlinksOfOthersTaken,
  sessionOfBodyIgnored,
  secondCaseOpened,
  approvalReused,
  selfApproval,
  oneVoteForces,
  lapsedApprovalCounts,
  closedWithoutRegistry,
  closedWithoutProof,
  forceClaimsAnErase,
  registryKeyChanges,
  boundAfterUnproven,
  liveBindingReplaced,
  epochSkipped,
  erasedAtReady,
]
