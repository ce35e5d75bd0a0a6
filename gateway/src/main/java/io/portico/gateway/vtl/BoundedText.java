package io.portico.gateway.vtl;

import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.regex.CountedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Searching and replacing within a budget, to which the backtracking of regular expressions is
 * charged.
 */
final class BoundedText {
  /** A search that may take more comparisons than this is counted character by character. */
  private static final long UNCOUNTED_WORK = 4_000_000;

  /** What a text takes in memory beside its characters, in bytes. */
  private static final int MEMORY_OF_A_TEXT = 48;

  private BoundedText() {}

  static boolean matches(String text, String regex, Budget budget) {
    Matcher matcher = matcher(text, regex, budget);
    return guarded(matcher::matches);
  }

  static String replaceFirst(String text, String regex, String replacement, Budget budget) {
    Matcher matcher = matcher(text, regex, budget);
    return guarded(
        () -> {
          StringBuilder out = new StringBuilder();
          if (matcher.find()) {
            matcher.appendReplacement(out, replacement);
            budget.charge(out.length());
          }
          return matcher.appendTail(out).toString();
        });
  }

  static String replaceAll(String text, String regex, String replacement, Budget budget) {
    Matcher matcher = matcher(text, regex, budget);
    return guarded(
        () -> {
          if (!matcher.find()) {
            return text;
          }
          StringBuilder out = new StringBuilder();
          do {
            int before = out.length();
            matcher.appendReplacement(out, replacement);
            budget.charge(out.length() - before + 1L);
          } while (matcher.find());
          return matcher.appendTail(out).toString();
        });
  }

  static List<Object> split(String text, String regex, int limit, Budget budget) {
    Pattern pattern = compile(regex);
    CharSequence bounded = new Splittable(counted(text, budget), budget);
    return guarded(() -> new ArrayList<Object>(Arrays.asList(pattern.split(bounded, limit))));
  }

  /** Replaces a text, not an expression. */
  static String replace(String text, String target, String replacement, Budget budget) {
    long growth = (long) replacement.length() - target.length();
    long length = text.length();
    if (growth > 0) {
      int step = Math.max(target.length(), 1);
      for (int at = indexOf(text, target, 0, budget);
          at >= 0;
          at = at + step > text.length() ? -1 : indexOf(text, target, at + step, budget)) {
        length += growth;
        budget.step();
        if (length > budget.outputLimit() + (long) text.length()) {
          throw VtlException.limit("a replacement makes the text too long");
        }
      }
    }
    budget.charge(length);
    return text.replace(target, replacement);
  }

  static int indexOf(String text, String part, int from, Budget budget) {
    if ((long) text.length() * part.length() <= UNCOUNTED_WORK) {
      return text.indexOf(part, from);
    }
    // An expression that begins with a group is compiled in one pass; one that is a text alone is
    // prepared for a search that skips, in the square of its length.
    Matcher matcher = Pattern.compile("(?:)" + Pattern.quote(part)).matcher(counted(text, budget));
    return guarded(() -> matcher.find(Math.clamp(from, 0, text.length())) ? matcher.start() : -1);
  }

  /** A text of which each part is charged with the memory that it takes. */
  private record Splittable(CharSequence text, Budget budget) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      budget.charge(MEMORY_OF_A_TEXT + (long) end - start);
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  private static Matcher matcher(String text, String regex, Budget budget) {
    budget.charge(regex.length());
    return compile(regex).matcher(counted(text, budget));
  }

  private static CharSequence counted(String text, Budget budget) {
    return new CountedText(text, budget::step);
  }

  private static Pattern compile(String regex) {
    if (regex.length() > BoundedPattern.MAX_LENGTH) {
      throw VtlException.limit(
          "a regular expression longer than " + BoundedPattern.MAX_LENGTH + " characters");
    }
    return guarded(() -> Pattern.compile(regex));
  }

  /** The matcher recurses: a long text can overflow the stack where the expression loops. */
  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (StackOverflowError e) {
      throw VtlException.limit("a regular expression nests too deeply");
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new VtlException("regular expression: " + e.getMessage());
    }
  }
}
