package io.portico.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The API of a shop and its clients: forty kinds of things, five routes for each, and ten thousand
 * clients with a key each. The routes are in the files of {@code bench/peers/features}.
 */
public final class Catalog {
  public static final String KEY_HEADER = "x-api-key";
  public static final int CLIENTS = 10_000;

  /** Names of the kinds of things, of which paths are made. */
  public static final List<String> KINDS =
      List.of(
          """
          accounts addresses articles audits baskets brands campaigns carriers categories claims
          contracts coupons currencies customers deliveries devices discounts documents employees
          events feeds invoices labels languages ledgers locations messages offers orders packages
          payments prices products refunds reports returns reviews shipments suppliers vouchers
          """
              .strip()
              .split("\\s+", -1));

  // Of lower case only: nginx looks keys up without regard to it.
  private static final String KEY_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int KEY_LENGTH = 40;
  private static final int SEED = 4566;

  private Catalog() {}

  /** The clients' keys; the same in every run. */
  public static List<String> keys() {
    Random random = new Random(SEED);
    return IntStream.range(0, CLIENTS).mapToObj(client -> key(random)).toList();
  }

  /** A call of each client; together of all routes, each as often as any other. */
  public static List<Call> calls() {
    List<String> keys = keys();
    List<Call> calls = new ArrayList<>();
    for (int client = 0; client < keys.size(); client++) {
      calls.add(callWith(keys.get(client), client));
    }
    return calls;
  }

  /** The calls of one who has no key that is known: with an unknown one, and with none. */
  public static List<Call> callsOfStrangers() {
    return List.of(callWith("x".repeat(KEY_LENGTH), 0), Call.of("/" + KINDS.getFirst()));
  }

  private static Call callWith(String key, int number) {
    String kind = KINDS.get(number % KINDS.size());
    int shape = number / KINDS.size();
    String path =
        switch (shape % 5) {
          case 0 -> "/" + kind;
          case 1 -> "/" + kind + "/summary";
          case 2 -> "/" + kind + "/" + number;
          case 3 -> "/" + kind + "/" + number + "/items/" + shape;
          default -> "/" + kind + "/files/" + shape + "/" + number + ".pdf";
        };
    return new Call(path, List.of(KEY_HEADER + ": " + key));
  }

  private static String key(Random random) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < KEY_LENGTH; i++) {
      key.append(KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
    }
    return key.toString();
  }
}
