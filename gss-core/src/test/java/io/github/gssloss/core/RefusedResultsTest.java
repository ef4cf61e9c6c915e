/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What results and readiness are made of: every bad argument gets a message that names it. */
class RefusedResultsTest {

    private final Refusals refusals = new Refusals();
    private final OptionalDouble none = OptionalDouble.empty();

    private static Map<Decision, Double> shares() {
        Map<Decision, Double> shares = new EnumMap<>(Decision.class);
        for (Decision decision : Decision.values()) {
            shares.put(decision, 0.2);
        }
        return shares;
    }

    @Test
    void results() {
        ofClass("className", () -> ofClass(null, shares(), shares(), none, none));
        ofClass("shares", () -> ofClass("x", null, shares(), none, none));
        ofClass("sharesWithin", () -> ofClass("x", shares(), null, none, none));
        ofClass("targetDice", () -> ofClass("x", shares(), shares(), null, none));
        ofClass("trustedWithin", () -> ofClass("x", shares(), shares(), none, null));
        ofClass(
                "volumeRatios",
                () ->
                        new ClassDecisions(
                                "x",
                                shares(),
                                shares(),
                                none,
                                none,
                                null,
                                List.of(),
                                Optional.empty()));
        ofClass(
                "branchDice",
                () ->
                        new ClassDecisions(
                                "x",
                                shares(),
                                shares(),
                                none,
                                none,
                                List.of(),
                                null,
                                Optional.empty()));
        ofClass(
                "ready",
                () ->
                        new ClassDecisions(
                                "x", shares(), shares(), none, none, List.of(), List.of(), null));
        refusals.refused(
                "ClassDecisions",
                "sharesWithin of class x: expected one for every decision, got [MEMBERS]",
                () -> ofClass("x", shares(), Map.of(Decision.MEMBERS, 1.0), none, none));
        ClassDecisions whole = ofClass("x", shares(), shares(), none, none);
        refusals.refused(
                "ClassDecisions.shareWithin",
                "decision: expected a value, got null",
                () -> whole.shareWithin(null));
        refusals.refused(
                "ClassDecisions.share",
                "decision: expected a value, got null",
                () -> whole.share(null));
        refusals.refused(
                "DecisionShares",
                "classes: expected a value, got null",
                () -> new DecisionShares(null, 0, 1, 1));
        refusals.coverAllOf(ClassDecisions.class);
    }

    private void ofClass(String missing, ThrowingCallable call) {
        refusals.refused("ClassDecisions", missing + ": expected a value, got null", call);
    }

    private static ClassDecisions ofClass(
            String name,
            Map<Decision, Double> shares,
            Map<Decision, Double> within,
            OptionalDouble dice,
            OptionalDouble trusted) {
        return new ClassDecisions(
                name, shares, within, dice, trusted, List.of(), List.of(), Optional.empty());
    }

    @Test
    void remedies() {
        for (double wrong : new double[] {-0.1, 1, Double.NaN}) {
            refusals.refused(
                    "Readiness.of",
                    "bar: expected a number of at least 0 and below 1, got " + wrong,
                    () -> Readiness.of(wrong, 0.9, UnreadyVote.NONE));
            refusals.refused(
                    "Readiness.of",
                    "decay: expected a number of at least 0 and below 1, got " + wrong,
                    () -> Readiness.of(0.5, wrong, UnreadyVote.NONE));
        }
        refusals.refused(
                "Readiness.of",
                "unreadyVote: expected a value, got null",
                () -> Readiness.of(0.5, 0.9, null));
        refusals.coverAllOf(Readiness.class);
    }
}
