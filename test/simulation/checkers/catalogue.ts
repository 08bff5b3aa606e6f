/** Every checker. Add one: its file, a line here, and a mutant that it finds. */
import { acceptedCommandsAreKept } from './accepted-commands-are-kept.js'
import { acknowledgedIsDurable } from './acknowledged-is-durable.js'
import { approvalsCoverOneCase } from './approvals-cover-one-case.js'
import { cancelledIsNeverErased } from './cancelled-is-never-erased.js'
import type { Checker } from './checker.js'
import { closedMeansClosed } from './closed-means-closed.js'
import { doneMeansDone } from './done-means-done.js'
import { downlinksAreCommitted } from './downlinks-are-committed.js'
import { effectsHappenAtMostOnce } from './effects-happen-at-most-once.js'
import { epochsRiseByOne } from './epochs-rise-by-one.js'
import { eraseFollowsItsReady } from './erase-follows-its-ready.js'
import { everythingDrains } from './everything-drains.js'
import { hostCallsRise } from './host-calls-rise.js'
import { keysOutliveTheOpenTid } from './keys-outlive-the-open-tid.js'
import { knownEndsAreTrue } from './known-ends-are-true.js'
import { lanesAreInOrder } from './lanes-are-in-order.js'
import { lanesAreKept } from './lanes-are-kept.js'
import { movesAreDeclared } from './moves-are-declared.js'
import { noSaleIsLost } from './no-sale-is-lost.js'
import { noWayBack } from './no-way-back.js'
import { nobodyIsStranded } from './nobody-is-stranded.js'
import { noncesLiveOnce } from './nonces-live-once.js'
import { oneLiveBinding } from './one-live-binding.js'
import { oneOpenCaseABinding } from './one-open-case-a-binding.js'
import { oneRequestOneCommand } from './one-request-one-command.js'
import { onlyTheOwnerWrites } from './only-the-owner-writes.js'
import { onlyTrueWordsCount } from './only-true-words-count.js'
import { onlyWhatIsMeantBegins } from './only-what-is-meant-begins.js'
import { preparesEndInTime } from './prepares-end-in-time.js'
import { proceedFollowsItsBlock } from './proceed-follows-its-block.js'
import { proofsAreKept } from './proofs-are-kept.js'
import { recordsKnowWhomItServes } from './records-know-whom-it-serves.js'
import { terminalsGetTheirOwnCommands } from './terminals-get-their-own-commands.js'
import { tidOpensOnlyAfterRelease } from './tid-opens-only-after-release.js'
import { twoPersonsDecide } from './two-persons-decide.js'
import { unprovenStaysUnbound } from './unproven-stays-unbound.js'

export const checkers: readonly Checker[] = [
  acceptedCommandsAreKept,
  oneRequestOneCommand,
  effectsHappenAtMostOnce,
  terminalsGetTheirOwnCommands,
  onlyWhatIsMeantBegins,
  movesAreDeclared,
  acknowledgedIsDurable,
  downlinksAreCommitted,
  everythingDrains,
  doneMeansDone,
  knownEndsAreTrue,
  lanesAreKept,
  lanesAreInOrder,
  onlyTheOwnerWrites,
  onlyTrueWordsCount,
  keysOutliveTheOpenTid,
  tidOpensOnlyAfterRelease,
  hostCallsRise,
  proceedFollowsItsBlock,
  noncesLiveOnce,
  preparesEndInTime,
  cancelledIsNeverErased,
  proofsAreKept,
  noSaleIsLost,
  nobodyIsStranded,
  recordsKnowWhomItServes,
  oneOpenCaseABinding,
  eraseFollowsItsReady,
  closedMeansClosed,
  noWayBack,
  oneLiveBinding,
  epochsRiseByOne,
  unprovenStaysUnbound,
  approvalsCoverOneCase,
  twoPersonsDecide,
]
