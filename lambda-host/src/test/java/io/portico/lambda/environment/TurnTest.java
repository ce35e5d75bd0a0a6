package io.portico.lambda.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnTest {
  @Test
  void whereNobodyIsServedNoTurnComesSoon() {
    assertThat(Turn.behind(0, 7).comesSoon(7, 1)).isFalse();
    assertThat(Turn.behind(30, 7).comesSoon(7, 3)).isFalse();
  }

  @Test
  void aTurnComesSoonWhereAsManyWereServedInAMomentAsAreInFront() {
    Turn turn = Turn.behind(30, 100);

    assertThat(turn.comesSoon(116, 1)).isTrue();
    assertThat(turn.comesSoon(115, 1)).isFalse();
  }

  @Test
  void thePaceIsThatOfAllMomentsTogether() {
    Turn turn = Turn.behind(30, 100);

    assertThat(turn.comesSoon(120, 2)).isFalse();
    assertThat(turn.comesSoon(121, 2)).isTrue();
  }
}
