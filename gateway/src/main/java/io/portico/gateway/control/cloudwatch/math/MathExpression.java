package io.portico.gateway.control.cloudwatch.math;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * An expression that was read: {@code + - * / ^}, comparisons, {@code AND} and {@code OR}, and the
 * functions {@code ABS}, {@code AVG}, {@code CEIL}, {@code FILL}, {@code FLOOR}, {@code IF}, {@code
 * MAX}, {@code METRICS}, {@code MIN} and {@code SUM}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Using
 *     math expressions with CloudWatch metrics</a>
 */
public final class MathExpression {
  private static final Set<String> FUNCTIONS =
      Set.of("ABS", "AVG", "CEIL", "FILL", "FLOOR", "IF", "MAX", "METRICS", "MIN", "SUM");

  private final MathNode node;
  private final Set<String> references = new LinkedHashSet<>();

  private MathExpression(MathNode node) {
    this.node = node;
    collect(node);
  }

  /**
   * @throws MathException if it is none, or has a function that Portico does not have
   */
  public static MathExpression of(String text) {
    if (text.strip().toUpperCase(Locale.ROOT).startsWith("SELECT ")) {
      throw new MathException("Portico has no Metrics Insights queries");
    }
    return new MathExpression(MathParser.parse(text));
  }

  private void collect(MathNode of) {
    switch (of) {
      case MathNode.Literal number -> {}
      case MathNode.Text text -> {}
      case MathNode.Keyword keyword -> {}
      case MathNode.Reference reference -> references.add(reference.id());
      case MathNode.Minus minus -> collect(minus.of());
      case MathNode.Operation operation -> {
        List<MathNode.Operation> chain = operation.chain();
        collect(chain.getFirst().left());
        chain.forEach(each -> collect(each.right()));
      }
      case MathNode.Function function -> {
        if (!FUNCTIONS.contains(function.name())) {
          throw new MathException("Portico has no function " + function.name());
        }
        function.arguments().forEach(this::collect);
      }
      case MathNode.Listed listed -> listed.all().forEach(this::collect);
    }
  }

  /** The ids of what it is made of. */
  public Set<String> references() {
    return references;
  }

  /**
   * Its value.
   *
   * @param values of what it is made of, by id
   * @param metrics ids of all metrics, in their order
   * @param from seconds since 1970
   * @param to excluded
   * @param budget of the points that are made on the way
   * @throws MathException if it has none
   */
  public MathValue value(
      Function<String, MathValue> values,
      List<String> metrics,
      long from,
      long to,
      PointBudget budget) {
    return new MathEvaluation(values, metrics, from, to, budget).value(node);
  }
}
