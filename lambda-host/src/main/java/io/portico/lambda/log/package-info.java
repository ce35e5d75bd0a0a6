/**
 * <b>Logs</b> of functions: groups, streams and their events, as CloudWatch Logs has them, in
 * files.
 */
@NullMarked
package io.portico.lambda.log;

import org.jspecify.annotations.NullMarked;
