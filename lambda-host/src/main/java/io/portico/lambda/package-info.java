/**
 * The <b>Lambda host</b>: runs functions as processes of this machine. Speaks Lambda's API to
 * clients and the Runtime API to the functions.
 *
 * <p>The gateway reaches it over HTTP only, as it would reach AWS Lambda; nothing here knows of
 * APIs, stages or the gateway's snapshots.
 */
@NullMarked
package io.portico.lambda;

import org.jspecify.annotations.NullMarked;
