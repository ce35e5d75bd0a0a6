package io.portico.gateway.control.sdk.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of an API as identifiers. Letters and digits of ASCII stay, everything else parts words; an
 * identifier begins with a letter.
 */
public final class Words {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
  private static final Pattern INNER_WORD =
      Pattern.compile("[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+|[0-9]+");

  /** No file system takes longer names than 255 bytes. */
  private static final int LONGEST = 100;

  private Words() {}

  /** {@code pets-of/{petId}} → {@code PetsOfPetId}; {@code Value} where no letter is left. */
  public static String pascal(String text) {
    StringBuilder joined = new StringBuilder();
    for (String word : parts(WORD, text)) {
      joined.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return identifier(joined.toString(), "Value");
  }

  /** {@code pets-of/{petId}} → {@code petsOfPetId}; {@code ABOp} → {@code aBOp}. */
  public static String camel(String text) {
    String pascal = pascal(text);
    return pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
  }

  /** {@code getABOp} → {@code get_ab_op}. */
  public static String snake(String text) {
    List<String> words = new ArrayList<>();
    for (String word : parts(WORD, text)) {
      words.addAll(parts(INNER_WORD, word));
    }
    return identifier(String.join("_", words).toLowerCase(Locale.ROOT), "value");
  }

  private static List<String> parts(Pattern pattern, String text) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      parts.add(matcher.group());
    }
    return parts;
  }

  private static String identifier(String joined, String otherwise) {
    if (joined.isEmpty()) {
      return otherwise;
    }
    String led = Character.isDigit(joined.charAt(0)) ? otherwise + joined : joined;
    return led.substring(0, Math.min(led.length(), LONGEST));
  }
}
