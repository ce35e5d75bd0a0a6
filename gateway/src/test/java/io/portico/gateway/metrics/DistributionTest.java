package io.portico.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DistributionTest {
  private static final Random RANDOM = new Random(61);

  private static Distribution of(double... values) {
    Distribution distribution = new Distribution();
    for (double value : values) {
      distribution.add(value, 1);
    }
    return distribution;
  }

  @Test
  void knowsItsStatistics() {
    Distribution distribution = of(3, 1, 2);

    assertThat(distribution.count()).isEqualTo(3);
    assertThat(distribution.sum()).isEqualTo(6);
    assertThat(distribution.average()).isEqualTo(2);
    assertThat(distribution.minimum()).isEqualTo(1);
    assertThat(distribution.maximum()).isEqualTo(3);
  }

  @Test
  void percentilesOfOnesAndZerosAreExact() {
    Distribution distribution = Distribution.ofOnes(3, 100);

    assertThat(distribution.percentile(0)).isZero();
    assertThat(distribution.percentile(97)).isZero();
    assertThat(distribution.percentile(97.1)).isEqualTo(1);
    assertThat(distribution.percentile(100)).isEqualTo(1);
    assertThat(distribution.average()).isEqualTo(0.03);
  }

  @Test
  void percentilesOfManyValuesAreNear() {
    double[] values = RANDOM.doubles(10_000).map(x -> Math.exp(12 * x - 4)).toArray();
    Distribution distribution = of(values);
    Arrays.sort(values);

    for (double percent : new double[] {1, 10, 50, 90, 99, 99.9}) {
      double exact = values[(int) Math.ceil(percent * 100) - 1];
      assertThat(distribution.percentile(percent)).isCloseTo(exact, within(exact * 0.011));
    }
    assertThat(distribution.percentile(0)).isEqualTo(values[0]);
    assertThat(distribution.percentile(100)).isEqualTo(values[9_999]);
  }

  @Test
  void twoAddUp() {
    double[] values = RANDOM.doubles(1_000).map(x -> 1000 * x).toArray();
    Distribution whole = of(values);

    Distribution half = of(Arrays.copyOf(values, 500));
    half.add(of(Arrays.copyOfRange(values, 500, 1_000)));

    assertThat(half.count()).isEqualTo(1_000);
    assertThat(half.sum()).isCloseTo(whole.sum(), within(1e-6));
    assertThat(half.percentile(90)).isEqualTo(whole.percentile(90));
  }

  @Test
  void valuesOfTwoKindsAndOthersAddUp() {
    Distribution distribution = Distribution.ofOnes(1, 2);
    distribution.add(of(5));
    distribution.add(of(5, 5, 5));

    assertThat(distribution.count()).isEqualTo(6);
    assertThat(distribution.percentile(15)).isZero();
    assertThat(distribution.percentile(30)).isCloseTo(1, within(0.011));
    assertThat(distribution.percentile(50)).isCloseTo(5, within(0.055));
  }

  @Test
  void statisticsAloneHaveNoPercentiles() {
    assertThat(Distribution.ofStatistics(2, 4, 1, 3).hasPercentiles()).isFalse();
    assertThat(Distribution.ofStatistics(2, 4, 2, 2).hasPercentiles()).isTrue();
    assertThat(Distribution.ofStatistics(2, 4, 2, 2).percentile(50)).isEqualTo(2);
    Distribution both = of(1, 2, 3);
    both.add(Distribution.ofStatistics(2, 4, 1, 3));
    assertThat(both.hasPercentiles()).isFalse();
    assertThat(both.count()).isEqualTo(5);
  }

  @Test
  void negativeValuesHaveNoPercentiles() {
    assertThat(of(-1, 2, 3).hasPercentiles()).isFalse();
  }

  @Test
  void isReadAsItWasWritten() {
    Distribution spread = of(0, 0.25, 1, 17, 1e9, 1e-9, 123456.789);
    for (Distribution written :
        new Distribution[] {
          spread, Distribution.ofOnes(3, 10), of(-2.5), Distribution.ofStatistics(3, 7, 1, 5)
        }) {
      MetricPoint point = new MetricPoint(300, 1_767_323_100, "Bytes/Second", written);

      MetricPoint read =
          Objects.requireNonNull(PointCodec.read(ByteBuffer.wrap(PointCodec.bytes(point))));

      assertThat(read.period()).isEqualTo(300);
      assertThat(read.start()).isEqualTo(1_767_323_100);
      assertThat(read.unit()).isEqualTo("Bytes/Second");
      assertThat(read.values().count()).isEqualTo(written.count());
      assertThat(read.values().sum()).isEqualTo(written.sum());
      assertThat(read.values().minimum()).isEqualTo(written.minimum());
      assertThat(read.values().maximum()).isEqualTo(written.maximum());
      assertThat(read.values().hasPercentiles()).isEqualTo(written.hasPercentiles());
      assertThat(read.values().buckets()).isEqualTo(written.buckets());
    }
  }

  @Test
  void halfAPointIsNone() {
    byte[] bytes = PointCodec.bytes(new MetricPoint(60, 1_767_323_100, "None", of(1, 2, 3, 4)));

    for (int length = 0; length < bytes.length; length++) {
      assertThat(PointCodec.read(ByteBuffer.wrap(bytes, 0, length))).isNull();
    }
    bytes[5]++;
    assertThat(PointCodec.read(ByteBuffer.wrap(bytes))).isNull();
    assertThat(PointCodec.read(ByteBuffer.wrap(new byte[100]))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1_000})
  void groupsAddUpToTheSame(int many) {
    Distribution values = new Distribution();
    for (int i = 0; i < many; i++) {
      values.add(0.3 + i * i * 0.7, 1 + i % 3);
    }

    addUpToTheSame(values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 0 0.5 700",
        "0 0 1 1 1 1000000",
        "0 0.001 5",
        "0 3",
        "0.25 3",
        "7 7.01 7.02",
        "1 1 1 1 1 1 1 1 1 2 900000"
      })
  void groupsOfUnevenValuesAddUpToTheSame(String values) {
    addUpToTheSame(of(Stream.of(values.split(" ", -1)).mapToDouble(Double::parseDouble).toArray()));
  }

  private static void addUpToTheSame(Distribution values) {
    Distribution again = new Distribution();
    values.groups().forEach(group -> again.add(group.value(), group.count()));

    assertThat(again.count()).isEqualTo(values.count());
    assertThat(again.minimum()).isEqualTo(values.minimum());
    assertThat(again.maximum()).isEqualTo(values.maximum());
    assertThat(again.sum()).isCloseTo(values.sum(), withinPercentage(1));
    assertThat(again.percentile(99)).isCloseTo(values.percentile(99), withinPercentage(4));
    assertThat(values.groups())
        .extracting(Distribution.Group::value)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aSumOfOtherValuesDoesNotMoveThem() {
    Distribution values =
        Distribution.ofGroups(
            60_600, 10, 2_020, new double[] {10, 20, 30}, new double[] {10, 10, 10});

    Distribution again = new Distribution();
    values.groups().forEach(group -> again.add(group.value(), group.count()));

    assertThat(again.count()).isEqualTo(30);
    assertThat(again.percentile(50)).isCloseTo(20, withinPercentage(10));
    assertThat(again.maximum()).isEqualTo(2_020);
  }

  @Test
  void noValuesHaveNoGroups() {
    assertThat(new Distribution().groups()).isEmpty();
  }

  @Test
  void whatIsNotKnownHasNoGroups() {
    Distribution statistics = Distribution.ofStatistics(2, 7.5, 2.5, 5);
    Distribution negative = of(-5, -3, -1);

    for (Distribution values : new Distribution[] {statistics, negative}) {
      assertThatThrownBy(values::groups).isInstanceOf(IllegalStateException.class);
    }
  }
}
