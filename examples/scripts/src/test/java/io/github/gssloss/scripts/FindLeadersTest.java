/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.ClassGroups;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FindLeadersTest {

    private static final int FLAIR = 0;
    private static final int T1CE = 1;
    private static final int T1 = 2;

    @Test
    void findsWhatThePhantomsShow() throws Exception {
        Path out = Scratch.newFolder();

        ClassGroups groups = FindLeaders.find(Scratch.phantoms(out), out, 6);

        assertThat(groups.classNames()).containsExactly("BG", "NCR/NET", "ED", "ET");
        ClassGroup oedema = groups.groups().get(2);
        ClassGroup enhancing = groups.groups().get(3);
        assertThat(oedema.leaders()).contains(FLAIR).doesNotContain(T1);
        assertThat(enhancing.leaders()).containsExactly(T1CE);
    }

    @Test
    void saysWhichArgumentsItExpects() {
        assertThatThrownBy(() -> FindLeaders.main(new String[] {"phantoms"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("arguments: expected DATA OUT, got 1");
    }
}
