/** The list of recordings. */

import { copying } from "conferences/ui/copy.js";
import { localTimes } from "conferences/ui/times.js";
import { states } from "recording/ui/states.js";

copying();
localTimes();
states();
