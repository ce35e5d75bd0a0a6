package io.portico.gateway.execute.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which routes come nearest to a request that has none: the same path with another method, else
 * paths that differ by the fewest characters, a variable standing for any segment.
 */
final class NearestRoutes {
  private static final int MOST = 3;

  /** Of what is compared; so long a path is no slip of a finger. */
  private static final int LONGEST_SEGMENT = 64;

  /** The same of segments. */
  private static final int MOST_SEGMENTS = 12;

  /** Another method is nearer than another letter. */
  private static final double OTHER_METHOD = 0.5;

  private final String method;

  /** All of it. */
  private final List<String> segments;

  /** What is compared of it. */
  private final List<String> path;

  /**
   * @param method of HTTP
   * @param path behind the stage
   */
  NearestRoutes(String method, String path) {
    this.method = method;
    this.segments = segments(path);
    this.path = segments.subList(0, Math.min(segments.size(), MOST_SEGMENTS));
  }

  /**
   * The nearest of some routes, the nearest first; none that has nothing in common.
   *
   * @param names such as {@code GET /pets/{petId}}
   */
  List<String> among(List<String> names) {
    double bound = Math.max(2, 0.6 * String.join("/", path).length());
    return names.stream()
        .filter(name -> name.indexOf(' ') > 0 && isAboutAsLong(routeSegments(name), bound))
        .map(name -> new Distance(name, distance(name)))
        .filter(each -> each.distance <= bound && hasInCommon(each))
        .sorted(Comparator.comparingDouble(Distance::distance).thenComparing(Distance::name))
        .limit(MOST)
        .map(Distance::name)
        .toList();
  }

  private record Distance(String name, double distance) {}

  /** Variables take whatever comes: a segment that is written out has to be like one asked for. */
  private boolean hasInCommon(Distance route) {
    if (route.distance <= OTHER_METHOD) {
      return true;
    }
    for (String literal : routeSegments(route.name)) {
      for (String asked : path) {
        if (!literal.startsWith("{")
            && letters(cut(asked), cut(literal)) <= Math.max(1, literal.length() / 2)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Each segment that one has more than the other costs one at least. */
  private boolean isAboutAsLong(List<String> route, double bound) {
    int more = route.size() - path.size();
    return more <= bound && (-more <= bound || isGreedy(route));
  }

  private static boolean isGreedy(List<String> route) {
    return !route.isEmpty() && route.getLast().endsWith("+}");
  }

  /** Whether a route's path takes the request's, whatever its method. */
  boolean isOnPath(String name) {
    List<String> route = routeSegments(name);
    if (segments.size() != route.size() && !(segments.size() > route.size() && isGreedy(route))) {
      return false;
    }
    for (int i = 0; i < route.size(); i++) {
      boolean variable = route.get(i).startsWith("{") && !segments.get(i).isEmpty();
      if (!variable && !route.get(i).equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a route takes the request. */
  boolean takes(String name) {
    return isOnPath(name) && isOfMethod(name);
  }

  private boolean isOfMethod(String name) {
    String verb = name.substring(0, name.indexOf(' '));
    return verb.equals(method) || verb.equals("ANY");
  }

  private double distance(String name) {
    return between(path, routeSegments(name)) + (isOfMethod(name) ? 0 : OTHER_METHOD);
  }

  private static List<String> routeSegments(String name) {
    return segments(name.substring(name.indexOf(' ') + 1));
  }

  private static List<String> segments(String path) {
    String bare = path.startsWith("/") ? path.substring(1) : path;
    if (bare.isEmpty()) {
      return List.of();
    }
    return List.of(bare.split("/", -1));
  }

  /** Edit distance by segments; to change one costs what its letters do. */
  private static double between(List<String> asked, List<String> route) {
    if (isGreedy(route) && asked.size() > route.size()) {
      return between(asked.subList(0, route.size()), route);
    }
    double[][] cost = new double[asked.size() + 1][route.size() + 1];
    for (int i = 1; i <= asked.size(); i++) {
      cost[i][0] = cost[i - 1][0] + weight(asked.get(i - 1));
    }
    for (int j = 1; j <= route.size(); j++) {
      cost[0][j] = cost[0][j - 1] + weight(route.get(j - 1));
    }
    for (int i = 1; i <= asked.size(); i++) {
      for (int j = 1; j <= route.size(); j++) {
        cost[i][j] =
            Math.min(
                cost[i - 1][j - 1] + change(asked.get(i - 1), route.get(j - 1)),
                Math.min(
                    cost[i - 1][j] + weight(asked.get(i - 1)),
                    cost[i][j - 1] + weight(route.get(j - 1))));
      }
    }
    return cost[asked.size()][route.size()];
  }

  private static double weight(String segment) {
    return 1 + (segment.startsWith("{") ? 1 : Math.min(segment.length(), LONGEST_SEGMENT));
  }

  private static double change(String asked, String route) {
    if (route.startsWith("{") && !asked.isEmpty()) {
      return 0;
    }
    if (asked.equals(route)) {
      return 0;
    }
    int letters = letters(cut(asked), cut(route));
    return letters == 0 ? OTHER_METHOD : letters;
  }

  private static String cut(String segment) {
    String lower = segment.toLowerCase(Locale.ROOT);
    return lower.substring(0, Math.min(lower.length(), LONGEST_SEGMENT));
  }

  /** Levenshtein's distance; 0 where only the casing differs. */
  private static int letters(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(before[j - 1] + change, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return before[other.length()];
  }
}
