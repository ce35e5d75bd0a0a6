package io.portico.gateway.json;

/** Whether a text is one: JSON's and YAML's escapes can say halves of characters, too. */
public final class Unicode {
  private Unicode() {}

  /** Whether every surrogate has its other half, so that the text has a UTF-8 form. */
  public static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
