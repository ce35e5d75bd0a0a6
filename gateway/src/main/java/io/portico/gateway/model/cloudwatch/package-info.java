/** <b>CloudWatch</b>'s alarms and their history, as stored. */
@NullMarked
package io.portico.gateway.model.cloudwatch;

import org.jspecify.annotations.NullMarked;
