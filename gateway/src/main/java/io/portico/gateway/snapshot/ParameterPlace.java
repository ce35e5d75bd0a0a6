package io.portico.gateway.snapshot;

/** Where a parameter stands in a message, in the order in which AWS names missing ones. */
public enum ParameterPlace {
  HEADER,
  PATH,
  QUERY_STRING
}
