/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gss vote} as its user sees it. */
class VoteCommandTest {

    private static final String BRATS =
            """
            logits:
              flair: [0.2, 0.1, 2.9, 0.3]
              t1ce: [0.5, 1.0, 0.2, 3.1]
              t1: [0.1, 0.2, 0.3, 0.2]
              t2: [0.4, 0.1, 0.9, 0.0]
            """;

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @Test
    void aVoxelOfBratsIsTold() throws IOException {
        assertThat(gss.run("vote", "--file", file(BRATS))).isZero();
        assertThat(gss.errLines()).isEmpty();
        assertThat(gss.out())
                .isEqualTo(
                        """
                        Plain probabilities p = softmax(z), which the thresholds look at:
                                   BG  NCR/NET      ED      ET
                        flair  0.0559   0.0506  0.8317  0.0618
                        t1ce   0.0593   0.0978  0.0440  0.7989
                        t1     0.2256   0.2494  0.2756  0.2494
                        t2     0.2463   0.1825  0.4061  0.1651

                        Tempered probabilities q = softmax(z / 8), which vote:
                                   BG  NCR/NET      ED      ET
                        flair  0.2272   0.2244  0.3184  0.2300
                        t1ce   0.2267   0.2413  0.2183  0.3137
                        t1     0.2469   0.2500  0.2531  0.2500
                        t2     0.2513   0.2421  0.2675  0.2391

                        Votes (leaders need p > 0.65, members p > 0.75, the penalty is 0.3):
                        BG: leader flair 0.0559; members t1ce 0.0593, t1 0.2256, t2 0.2463
                          leader flair 0.0559 is not > 0.65, and members t1ce 0.0593, t1 0.2256,\
                         t2 0.2463 are not > 0.75: MINIMUM: min(flair 0.2272, t1ce 0.2267, t1\
                         0.2469, t2 0.2513) = 0.2267
                        NCR/NET: leader t1ce 0.0978; members flair 0.0506, t1 0.2494, t2 0.1825
                          leader t1ce 0.0978 is not > 0.65, and members flair 0.0506, t1 0.2494,\
                         t2 0.1825 are not > 0.75: MINIMUM: min(t1ce 0.2413, flair 0.2244, t1\
                         0.2500, t2 0.2421) = 0.2244
                        ED: leaders flair 0.8317, t2 0.4061; members t1ce 0.0440, t1 0.2756
                          leader flair 0.8317 > 0.65 but t2 0.4061 is not: SOME_LEADERS: 0.3184 -\
                         0.3 * (0.3184 - 0.2675) = 0.3031
                        ET: leader t1ce 0.7989; members flair 0.0618, t1 0.2494, t2 0.1651
                          leader t1ce 0.7989 > 0.65: ALL_LEADERS: max(t1ce 0.3137) = 0.3137

                                    BG  NCR/NET      ED      ET     sum
                        vote    0.2267   0.2244  0.3031  0.3137  1.0679
                        target  0.2123   0.2101  0.2839  0.2938  1.0000
                        """);
    }

    @Test
    void theCommandLineAloneWillDo() {
        int exit =
                gss.run(
                        "vote",
                        "--modalities=a,b",
                        "--groups=no: a; yes: a, b",
                        "--logits=a=2,-1",
                        "--logits=b=0,0.5",
                        "--preset=paperAblation",
                        "--temperature=2",
                        "--leader-threshold=0.5",
                        "--member-threshold=0.6",
                        "--penalty=0.1");

        assertThat(gss.errLines()).isEmpty();
        assertThat(exit).isZero();
        assertThat(gss.out())
                .contains("softmax(z / 2)")
                .contains("(leaders need p > 0.5, members p > 0.6, the penalty is 0.1)")
                .contains("no: leader a 0.9526; member b 0.3775\n  leader a 0.9526 > 0.5: ALL")
                .contains("yes: leaders a 0.0474, b 0.6225; no members\n")
                .contains("leader b 0.6225 > 0.5 but a 0.0474 is not: SOME_LEADERS: 0.5622 - 0.1");
    }

    @Test
    void theCommandLineWinsOverTheFile() throws IOException {
        String yaml = BRATS + "penalty: 0.2\nabsent: [t1, t2]\ntemperature: 4\n";

        assertThat(gss.run("vote", "--file", file(yaml), "--absent", "flair", "--penalty=1"))
                .isZero();

        assertThat(gss.out())
                .contains("softmax(z / 4)", "the penalty is 1)")
                .contains("flair  absent   absent  absent  absent")
                .doesNotContain("t1     absent")
                .contains("leader t2 0.4061 is not > 0.65")
                .contains("  no leader is there, and members t1ce 0.0593");
    }

    /**
     * The numbers are those of {@link #aVoxelOfBratsIsTold}: 0.2839 / 0.2938 = 0.9663. The shares
     * of the label ED: 1 - 0.04 = 0.96; 0.9 * 0.1 + 0.02 * 0.98 + 0.04 * 0.96 + 0.04 * 0.96 =
     * 0.1864; 0.96 / 0.1864 = 5.1502.
     */
    @Test
    void aLabelShowsTrustAndBalance() throws IOException {
        String yaml = BRATS + "label: ED\n";
        String trust =
                """

                Trust in the target, by the label ED:
                  its target is 0.2839, the largest is 0.2938 (ET): LABEL 0; LABEL_WEIGHT 0.2839\
                 / 0.2938 = 0.9663
                """;

        assertThat(gss.run("vote", "--file", file(yaml))).isZero();
        assertThat(gss.out()).endsWith("1.0000\n" + trust);

        assertThat(gss.run("vote", "--file", file(yaml + "shares: [0.9, 0.02, 0.04, 0.04]\n")))
                .isZero();
        assertThat(gss.out())
                .endsWith(
                        trust
                                + """

                                Balance of the classes, by their shares in the sample's labels:
                                  w = 1 - 0.0400 = 0.9600; its mean over the sample is 0.9000 *\
                                 0.1000 + 0.0200 * 0.9800 + 0.0400 * 0.9600 + 0.0400 * 0.9600 =\
                                 0.1864; 0.9600 / 0.1864 = 5.1502
                                """);
    }

    @Test
    void theLabelMayStandOnTheCommandLine() throws IOException {
        int exit =
                gss.run("vote", "--file", file(BRATS), "--label", "ET", "--shares", "0, 0, 0, 1");

        assertThat(exit).isZero();
        assertThat(gss.out())
                .contains("  its target is 0.2938, the largest is 0.2938 (ET): LABEL 1; LABEL_W")
                .endsWith("  the sample has one class: 1\n");
    }

    @Test
    void wrongLabels() throws IOException {
        String all = "--absent=flair,t1ce,t1,t2";
        String four =
                "shares: expected 4 numbers of at least 0 with the sum 1 (BG, NCR/NET, ED, ET)";
        refuses(
                "label: expected one of the classes BG, NCR/NET, ED, ET, got 'edema'",
                all,
                "--label=edema");
        refuses("shares: expected a label with them, got none", all, "--shares=1,0,0,0");
        String label = "--label=ED";
        refuses(four + ", got [0.5, 0.5]", all, label, "--shares=0.5,0.5");
        refuses(four + ", got [0.9, 0.0, 0.2, -0.1]", all, label, "--shares=0.9,0,0.2,-0.1");
        refuses(four + ", got [0.9, 0.0, 0.09999, 0.0]", all, label, "--shares=0.9,0,0.09999,0");
        refuses(four + ", got [0.9, NaN, 0.1, 0.0]", all, label, "--shares=0.9,NaN,0.1,0");
        refuses(
                "shares: expected a share above 0 of the label ED, got 0.0",
                all,
                label,
                "--shares=0.9,0.1,0,0");
        refuses("shares: expected numbers, got [\"many\"]", all, label, "--shares=many");
        refusesFile(
                "absent: [flair, t1ce, t1, t2]\nlabel: ED\nshares: [0.5, 0.6, 0.1, 0]\n",
                ":3: " + four + ", got [0.5, 0.6, 0.1, 0.0]");
        refusesFile(
                "absent: [flair, t1ce, t1, t2]\nlabel: [ED]\n",
                ":2: label: expected text, got [\"ED\"]");
    }

    @Test
    void wrongLogits() throws IOException {
        refuses(
                "logits.flair: expected 4 numbers (BG, NCR/NET, ED, ET), got 2",
                "--logits=flair=1,2");
        refuses(
                "logits.flair: expected 4 numbers (BG, NCR/NET, ED, ET), got nothing",
                "--absent=t1");
        refuses(
                "logits.flar: expected one of the modalities flair, t1ce, t1, t2, got 'flar'",
                "--logits=flar=1,2,3,4");
        refuses("--logits: expected MODALITY=X,X..., got 'flair'", "--logits=flair");
        refuses(
                "--logits: flair is given twice",
                "--logits=flair=1,2,3,4",
                "--logits=flair=1,2,3,4");
        refuses(
                "logits.t1: expected finite numbers, got '1,2,NaN,4'",
                "--absent=flair,t1ce,t2",
                "--logits=t1=1,2,NaN,4");
    }

    @Test
    void wrongGroupsAndSettings() {
        refuses(
                "groups: leaders of class ED: expected some of [flair, t1ce, t1, t2], got [flar]",
                "--groups=BG: flair; ED: flar");
        refuses("modalities: expected groups with them, got none", "--modalities=a,b");
        refuses(
                "absent: expected one of the modalities flair, t1ce, t1, t2, got 't3'",
                "--absent=t3");
        String all = "--absent=flair,t1ce,t1,t2";
        refuses("preset: expected one of paper, paperAblation, got 'none'", all, "--preset=none");
        refuses("temperature: expected a number, got 'hot'", all, "--temperature=hot");
        refuses("temperature: expected a number above 0, got 0", all, "--temperature=0");
        refuses(
                "memberThreshold: expected a number from 0.8 to 1.0, got 0.75",
                all,
                "--leader-threshold=0.8");
    }

    @Test
    void wrongFiles() throws IOException {
        refusesFile("logit:\n  a: [1]\n", ":2: unknown key 'logit.a', did you mean 'logits'?");
        refusesFile(
                "colour: red\n",
                ":1: unknown key 'colour' (known: logits, modalities, groups, absent, preset,"
                    + " temperature, leaderThreshold, memberThreshold, penalty, label, shares)");
        refusesFile(
                "logits: 3\n",
                ":1: logits: expected a key for each modality, such as logits.flair, got 3");
        refusesFile(
                "penalty: 0.1\nlogits:\n  flair: [1, 2]\n",
                ":3: logits.flair: expected 4 numbers (BG, NCR/NET, ED, ET), got 2");
        refusesFile(
                "logits:\n  flair: [1, 2, [3], 4]\n",
                ":2: logits.flair: expected a list of plain values, got [1,2,[3],4]");
        refusesFile(
                "absent: [flair, t1ce, t1, t2]\ntemperature: [8]\n",
                ":2: temperature: expected a number, got [8]");
        refusesFile("groups:\n", ":1: groups: expected text, got nothing");
        refusesFile(
                "absent: [flair, t1ce, t1, t2]\npenalty: 2\n",
                ":2: penalty: expected 0 to 1, got 2");
    }

    @Test
    void helpDescribesEveryOption() {
        assertThat(gss.run("vote", "--help")).isZero();
        assertThat(gss.out())
                .contains("Shows the vote of one voxel", "--file", "--modalities", "--groups")
                .contains("--logits=MODALITY=X,X...", "--absent", "--preset=paper|paperAblation")
                .contains("--temperature", "--leader-threshold", "--member-threshold", "--penalty")
                .contains("--label=TEXT", "--shares=X");
    }

    private void refuses(String message, String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "vote";
        System.arraycopy(options, 0, args, 1, options.length);
        assertThat(gss.run(args)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss vote: " + message);
    }

    private void refusesFile(String yaml, String problem) throws IOException {
        String file = file(yaml);
        refuses(file + problem, "--file", file);
    }

    private String file(String yaml) throws IOException {
        Path file = folder.resolve("voxel.yaml");
        Files.writeString(file, yaml);
        return file.toString();
    }
}
