/** The pages around the conference: links can be copied, people invited, times read as they are here. */

import { copying } from "conferences/ui/copy.js";
import { invitation } from "conferences/ui/invitation.js";
import { localTimes } from "conferences/ui/times.js";

copying();
invitation();
localTimes();
