package io.portico.gateway.control.cloudwatch.math;

import io.portico.gateway.control.cloudwatch.math.MathValue.Scalar;
import io.portico.gateway.control.cloudwatch.math.MathValue.Series;
import io.portico.gateway.control.cloudwatch.math.MathValue.SeriesList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Works an expression out. Of two series, only times that both have are in the result; what is no
 * number, as a division by zero, is left out.
 */
final class MathEvaluation {
  private final Function<String, MathValue> values;
  private final List<String> metrics;
  private final long from;
  private final long to;
  private final PointBudget budget;

  MathEvaluation(
      Function<String, MathValue> values,
      List<String> metrics,
      long from,
      long to,
      PointBudget budget) {
    this.values = values;
    this.metrics = metrics;
    this.from = from;
    this.to = to;
    this.budget = budget;
  }

  MathValue value(MathNode node) {
    return switch (node) {
      case MathNode.Literal number -> new Scalar(number.value());
      case MathNode.Reference reference -> values.apply(reference.id());
      case MathNode.Text text -> throw new MathException("Unexpected text '" + text.value() + "'");
      case MathNode.Keyword keyword ->
          throw new MathException("Unexpected '" + keyword.word() + "'");
      case MathNode.Minus minus -> each(value(minus.of()), number -> -number);
      case MathNode.Listed listed -> new SeriesList(series(listed.all()));
      case MathNode.Operation operation -> chain(operation.chain());
      case MathNode.Function function -> function(function);
    };
  }

  private MathValue chain(List<MathNode.Operation> operations) {
    MathValue value = value(operations.getFirst().left());
    for (MathNode.Operation operation : operations) {
      value = both(value, value(operation.right()), operator(operation.operator()));
    }
    return value;
  }

  private List<Series> series(List<MathNode> nodes) {
    List<Series> all = new ArrayList<>();
    for (MathNode node : nodes) {
      switch (value(node)) {
        case Series one -> all.add(one);
        case SeriesList list -> all.addAll(list.all());
        case Scalar scalar ->
            throw new MathException("An array has time series, and no single number");
      }
    }
    return all;
  }

  private static DoubleBinaryOperator operator(String name) {
    return switch (name) {
      case "+" -> Double::sum;
      case "-" -> (left, right) -> left - right;
      case "*" -> (left, right) -> left * right;
      case "/" -> (left, right) -> left / right;
      case "^" -> Math::pow;
      case "<" -> (left, right) -> truth(left < right);
      case ">" -> (left, right) -> truth(left > right);
      case "<=" -> (left, right) -> truth(left <= right);
      case ">=" -> (left, right) -> truth(left >= right);
      case "==" -> (left, right) -> truth(left == right);
      case "!=" -> (left, right) -> truth(left != right);
      case "&&", "AND" -> (left, right) -> truth(left != 0 && right != 0);
      default -> (left, right) -> truth(left != 0 || right != 0);
    };
  }

  private static double truth(boolean is) {
    return is ? 1 : 0;
  }

  private MathValue each(MathValue value, DoubleUnaryOperator change) {
    return switch (value) {
      case Scalar scalar -> new Scalar(change.applyAsDouble(scalar.number()));
      case Series series -> changed(series, change);
      case SeriesList list ->
          new SeriesList(list.all().stream().map(series -> changed(series, change)).toList());
    };
  }

  private Series changed(Series series, DoubleUnaryOperator change) {
    budget.take(series.points().size());
    return series.with(change);
  }

  private MathValue both(MathValue left, MathValue right, DoubleBinaryOperator operator) {
    return switch (left) {
      case Scalar a -> each(right, b -> operator.applyAsDouble(a.number(), b));
      case Series a ->
          switch (right) {
            case Scalar b -> changed(a, number -> operator.applyAsDouble(number, b.number()));
            case Series b -> joined(a, b, operator);
            case SeriesList list ->
                new SeriesList(list.all().stream().map(b -> joined(a, b, operator)).toList());
          };
      case SeriesList list ->
          switch (right) {
            case Scalar b -> each(list, number -> operator.applyAsDouble(number, b.number()));
            case Series b ->
                new SeriesList(list.all().stream().map(a -> joined(a, b, operator)).toList());
            case SeriesList other ->
                throw new MathException("An operator cannot stand between two arrays");
          };
    };
  }

  private Series joined(Series left, Series right, DoubleBinaryOperator operator) {
    budget.take(left.points().size());
    NavigableMap<Long, Double> points = new TreeMap<>();
    left.points()
        .forEach(
            (time, value) -> {
              Double other = right.points().get(time);
              double result = other == null ? Double.NaN : operator.applyAsDouble(value, other);
              if (Double.isFinite(result)) {
                points.put(time, result);
              }
            });
    return new Series(left.label(), points, Math.max(left.period(), right.period()));
  }

  private MathValue function(MathNode.Function function) {
    List<MathNode> arguments = function.arguments();
    return switch (function.name()) {
      case "ABS" -> each(value(only(function)), Math::abs);
      case "CEIL" -> each(value(only(function)), Math::ceil);
      case "FLOOR" -> each(value(only(function)), Math::floor);
      case "SUM" -> folded(value(only(function)), all -> sum(all));
      case "AVG" -> folded(value(only(function)), all -> sum(all) / all.size());
      case "MIN" ->
          folded(
              value(only(function)),
              all -> all.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN));
      case "MAX" ->
          folded(
              value(only(function)),
              all -> all.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN));
      case "METRICS" -> metrics(arguments);
      case "FILL" -> {
        check(function, 2);
        yield filled(value(arguments.get(0)), arguments.get(1));
      }
      default -> {
        check(function, 3);
        yield chosen(value(arguments.get(0)), value(arguments.get(1)), value(arguments.get(2)));
      }
    };
  }

  private static MathNode only(MathNode.Function function) {
    check(function, 1);
    return function.arguments().getFirst();
  }

  private static void check(MathNode.Function function, int arguments) {
    if (function.arguments().size() != arguments) {
      throw new MathException(
          "%s takes %d argument%s"
              .formatted(function.name(), arguments, arguments == 1 ? "" : "s"));
    }
  }

  private static double sum(Collection<Double> all) {
    return all.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** A series becomes a number, and an array a series: what there is of each time. */
  private MathValue folded(MathValue value, ToDoubleFunction<Collection<Double>> fold) {
    return switch (value) {
      case Scalar scalar -> scalar;
      case Series series -> {
        budget.take(series.points().size());
        yield new Scalar(fold.applyAsDouble(series.points().values()));
      }
      case SeriesList list -> {
        TreeMap<Long, List<Double>> byTime = new TreeMap<>();
        int period = 1;
        for (Series series : list.all()) {
          budget.take(series.points().size());
          period = Math.max(period, series.period());
          series
              .points()
              .forEach(
                  (time, number) ->
                      byTime.computeIfAbsent(time, absent -> new ArrayList<>()).add(number));
        }
        NavigableMap<Long, Double> points = new TreeMap<>();
        byTime.forEach(
            (time, numbers) -> {
              double number = fold.applyAsDouble(numbers);
              if (Double.isFinite(number)) {
                points.put(time, number);
              }
            });
        yield new Series("", points, period);
      }
    };
  }

  private MathValue metrics(List<MathNode> arguments) {
    String part =
        switch (arguments.isEmpty() ? new MathNode.Text("") : arguments.getFirst()) {
          case MathNode.Text text when arguments.size() <= 1 -> text.value();
          default ->
              throw new MathException("METRICS takes a part of the ids of metrics, or nothing");
        };
    List<Series> all = new ArrayList<>();
    for (String id : metrics) {
      if (id.contains(part) && values.apply(id) instanceof Series series) {
        all.add(series);
      }
    }
    return new SeriesList(all);
  }

  /** What stands at a time at which a series has no point. */
  private interface Filler {
    /**
     * @return no finite number where nothing does
     */
    double at(NavigableMap<Long, Double> points, long time);
  }

  private MathValue filled(MathValue value, MathNode node) {
    return switch (value) {
      case Series series -> filled(series, filler(node));
      case SeriesList list -> {
        Filler filler = filler(node);
        yield new SeriesList(list.all().stream().map(series -> filled(series, filler)).toList());
      }
      case Scalar scalar -> throw new MathException("FILL takes time series");
    };
  }

  private Series filled(Series series, Filler filler) {
    budget.take(series.points().size() + (to - from) / series.period());
    NavigableMap<Long, Double> points = new TreeMap<>(series.points());
    for (long time = from; time < to; time += series.period()) {
      if (!series.points().containsKey(time)) {
        double number = filler.at(series.points(), time);
        if (Double.isFinite(number)) {
          points.put(time, number);
        }
      }
    }
    return new Series(series.label(), points, series.period());
  }

  private Filler filler(MathNode node) {
    if (node instanceof MathNode.Keyword keyword) {
      return switch (keyword.word()) {
        case "REPEAT" -> MathEvaluation::repeated;
        case "LINEAR" -> MathEvaluation::onTheLine;
        default -> throw new MathException("FILL takes a number, REPEAT or LINEAR");
      };
    }
    return switch (value(node)) {
      case Scalar scalar -> (points, time) -> scalar.number();
      case Series other -> (points, time) -> other.points().getOrDefault(time, Double.NaN);
      case SeriesList list -> throw new MathException("FILL takes a number, REPEAT or LINEAR");
    };
  }

  private static double repeated(NavigableMap<Long, Double> points, long time) {
    Map.Entry<Long, Double> before = points.lowerEntry(time);
    return before == null ? Double.NaN : before.getValue();
  }

  private static double onTheLine(NavigableMap<Long, Double> points, long time) {
    Map.Entry<Long, Double> before = points.lowerEntry(time);
    Map.Entry<Long, Double> after = points.higherEntry(time);
    return before == null || after == null
        ? Double.NaN
        : before.getValue()
            + (after.getValue() - before.getValue())
                * (time - before.getKey())
                / (after.getKey() - before.getKey());
  }

  private MathValue chosen(MathValue condition, MathValue yes, MathValue no) {
    if (condition instanceof Scalar scalar) {
      return scalar.number() != 0 ? yes : no;
    }
    if (!(condition instanceof Series series)) {
      throw new MathException("IF takes a time series or a number as its condition");
    }
    budget.take(series.points().size());
    NavigableMap<Long, Double> points = new TreeMap<>();
    for (Map.Entry<Long, Double> point : series.points().entrySet()) {
      long time = point.getKey();
      double number = at(point.getValue() != 0 ? yes : no, time);
      if (Double.isFinite(number)) {
        points.put(time, number);
      }
    }
    return new Series(series.label(), points, series.period());
  }

  private static double at(MathValue value, long time) {
    return switch (value) {
      case Scalar scalar -> scalar.number();
      case Series series -> series.points().getOrDefault(time, Double.NaN);
      case SeriesList list -> throw new MathException("IF chooses between series and numbers");
    };
  }
}
