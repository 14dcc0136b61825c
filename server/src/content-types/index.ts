import tier from './tier';
import price from './price';
import offer from './offer';
import member from './member';
import customer from './customer';
import grant from './grant';
import rule from './rule';
import subscription from './subscription';
import payment from './payment';
import movement from './movement';
import message from './message';

export default {
  tier,
  price,
  offer,
  member,
  customer,
  grant,
  rule,
  subscription,
  payment,
  movement,
  message,
};
